// Subscriptions that the server makes: from the token and through the API.

import assert from 'node:assert/strict';

export const scenarios = {
    'is subscribed to the channels of its token and hears them': async run => {
        const [room, plain] = [run.channel('room'), run.channel('plain')];
        const client = await run.connected({ token: await run.token({ channels: [room, plain] }) });
        const subscribed = await client.seen.next('subscribed', ({ channel }) => channel === room);
        assert.equal(subscribed.recoverable, true);
        await client.seen.next('subscribed', ({ channel }) => channel === plain);
        await run.publishAll(room, ['a']);
        const { channel, data, offset } = await client.seen.next('publication');
        assert.deepEqual({ channel, value: run.unpack(data), offset }, { channel: room, value: 'a', offset: 1 });
        await run.publishAll(plain, ['b']);
        assert.equal((await client.seen.next('publication')).channel, plain);
    },

    'hears others join and leave the channels of its token': async run => {
        const channel = run.channel('room');
        const client = await run.connected({ token: await run.token({ channels: [channel] }) });
        const passing = await run.connected({ token: await run.token({ user: `${run.user}-b` }) });
        const visit = await run.subscribed(passing, channel);
        await client.seen.next('join', ({ info }) => info.client === passing.id);
        visit.unsubscribe();
        await client.seen.next('leave', ({ info }) => info.client === passing.id);
    },

    'is subscribed and unsubscribed by the API': async run => {
        const channel = run.channel('room');
        const client = await run.connected();
        await run.api('subscribe', { user: run.user, channel, data: { why: 'because' } });
        const subscribed = await client.seen.next('subscribed');
        assert.equal(subscribed.channel, channel);
        assert.deepEqual(run.unpack(subscribed.data), { why: 'because' });
        await run.publishAll(channel, ['a']);
        assert.equal(run.unpack((await client.seen.next('publication')).data), 'a');
        await run.api('unsubscribe', { user: run.user, channel });
        assert.equal((await client.seen.next('unsubscribed')).channel, channel);
    },

    'is subscribed by the API with what it missed': async run => {
        const channel = run.channel('room');
        await run.publishAll(channel, ['a', 'b', 'c']);
        const { epoch } = await run.api('history', { channel, limit: 0 });
        const client = await run.connected();
        await run.api('subscribe', { user: run.user, channel, recover_since: { offset: 1, epoch } });
        await client.seen.next('subscribed');
        assert.deepEqual(await run.publications(client.seen, 2), [
            { value: 'b', offset: 2 }, { value: 'c', offset: 3 },
        ]);
    },

    'is closed with 3006 when a server-side subscription expires': async run => {
        const client = await run.connected();
        await run.api('subscribe', {
            user: run.user, channel: run.channel('room'), expire_at: Math.floor(Date.now() / 1000) + 1,
        });
        const { reason } = await client.seen.next('connecting', ({ code }) => code === 3006);
        assert.equal(reason, 'subscription expired');
    },

    'recovers the channels of its token': async run => {
        const channel = run.channel('room');
        const client = await run.connected({ token: await run.token({ channels: [channel] }) });
        await client.seen.next('subscribed');
        await run.publishAll(channel, ['a']);
        await run.publications(client.seen, 1);
        await run.kick();
        await client.seen.next('disconnected');
        await run.publishAll(channel, ['b', 'c']);
        client.connect();
        const { recovered, wasRecovering } = await client.seen.next('subscribed');
        assert.deepEqual({ recovered, wasRecovering }, { recovered: true, wasRecovering: true });
        assert.deepEqual(await run.publications(client.seen, 2), [
            { value: 'b', offset: 2 }, { value: 'c', offset: 3 },
        ]);
    },
};
