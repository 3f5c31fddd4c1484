// Subscriptions that clients ask for, and what they do with a channel.

import assert from 'node:assert/strict';

export const scenarios = {
    'subscribes without a token': async run => {
        const client = await run.connected();
        const subscription = run.subscription(client, run.channel('room'));
        subscription.subscribe();
        const context = await subscription.seen.next('subscribed');
        assert.equal(context.recoverable, true);
        assert.equal(context.positioned, true);
        assert.equal(context.wasRecovering, false);
        assert.equal(context.streamPosition.offset, 0);
        assert.notEqual(context.streamPosition.epoch, '');
    },

    'subscribes to a private channel with a token that carries data': async run => {
        const client = await run.connected();
        const channel = '$' + run.channel('room');
        const subscription = run.subscription(client, channel, {
            token: await run.subscriptionToken(channel, { info: { role: 'host' }, data: { topic: 'news' } }),
        });
        subscription.subscribe();
        const { data } = await subscription.seen.next('subscribed');
        assert.deepEqual(run.unpack(data), { topic: 'news' });
        const { clients } = await subscription.presence();
        assert.deepEqual(run.unpack(clients[client.id].chanInfo), { role: 'host' });
    },

    'replaces a subscription token that has expired (109)': async run => {
        const client = await run.connected();
        const channel = '$' + run.channel('room');
        const subscription = run.subscription(client, channel, {
            token: await run.subscriptionToken(channel, { ttl: -10 }),
            getToken: () => run.subscriptionToken(channel),
        });
        subscription.subscribe();
        const { error } = await subscription.seen.next('error');
        assert.equal(error.code, 109);
        await subscription.seen.next('subscribed');
    },

    'refreshes a subscription token again and again and stays subscribed': async run => {
        const client = await run.connected();
        const channel = '$' + run.channel('room');
        let calls = 0;
        let enough;
        const refreshed = new Promise(resolve => {
            enough = resolve;
        });
        const subscription = await run.subscribed(client, channel, {
            getToken: () => {
                if (++calls === 4) {
                    enough();
                }
                return run.subscriptionToken(channel, { ttl: 3 });
            },
        });
        await refreshed;
        assert.equal(subscription.seen.count('subscribing'), 1);
        assert.equal(subscription.state, 'subscribed');
    },

    'subscribes again after 2501, its subscription having expired': async run => {
        const client = await run.connected();
        const channel = '$' + run.channel('room');
        let calls = 0;
        const subscription = await run.subscribed(client, channel, {
            token: await run.subscriptionToken(channel, { ttl: 8 }),
            getToken: () => ++calls === 1 ? new Promise(() => {}) : run.subscriptionToken(channel),
        });
        const { reason } = await subscription.seen.next('subscribing', ({ code }) => code === 2501);
        assert.equal(reason, 'subscription expired');
    },

    'publishes, and hears itself with its client info and offset': async run => {
        const client = await run.connected({ token: await run.token({ info: { name: 'Ann' } }) });
        const subscription = await run.subscribed(client, run.channel('room'));
        await subscription.publish(run.pack({ text: 'héllo ✓' }));
        const { data, offset, info } = await subscription.seen.next('publication');
        assert.deepEqual(run.unpack(data), { text: 'héllo ✓' });
        assert.equal(offset, 1);
        assert.equal(info.user, run.user);
        assert.equal(info.client, client.id);
        assert.deepEqual(run.unpack(info.connInfo), { name: 'Ann' });
    },

    'publishes to a channel it is not subscribed to, and others hear it': async run => {
        const hearing = await run.subscribed(await run.connected(), run.channel('room'));
        const speaking = await run.connected();
        await speaking.publish(run.channel('room'), run.pack([1, 2]));
        assert.deepEqual(await run.publications(hearing.seen, 1), [{ value: [1, 2], offset: 1 }]);
    },

    'keeps the order of many publications': async run => {
        const subscription = await run.subscribed(await run.connected(), run.channel('room'));
        const speaking = await run.connected();
        const values = Array.from({ length: 90 }, (_, i) => ({ i, pad: 'x'.repeat(i * 20) }));
        await Promise.all(values.map(value => speaking.publish(run.channel('room'), run.pack(value))));
        assert.deepEqual(
            await run.publications(subscription.seen, values.length),
            values.map((value, i) => ({ value, offset: i + 1 })));
    },

    'sees who is present, and how many': async run => {
        const channel = run.channel('room');
        const first = await run.connected();
        const second = await run.connected();
        const subscription = await run.subscribed(first, channel);
        await run.subscribed(second, channel);
        const { clients } = await subscription.presence();
        assert.deepEqual(Object.keys(clients).sort(), [first.id, second.id].sort());
        const { numClients, numUsers } = await first.presenceStats(channel);
        assert.deepEqual({ numClients, numUsers }, { numClients: 2, numUsers: 1 });
    },

    'reads the presence of an empty channel as zero': async run => {
        const client = await run.connected();
        const { numClients, numUsers } = await client.presenceStats(run.channel('room'));
        assert.deepEqual({ numClients, numUsers }, { numClients: 0, numUsers: 0 });
        assert.deepEqual((await client.presence(run.channel('room'))).clients, {});
    },

    'hears others join and leave': async run => {
        const channel = run.channel('room');
        const staying = await run.subscribed(await run.connected(), channel, { joinLeave: true });
        const passing = await run.connected({ token: await run.token({ user: `${run.user}-b` }) });
        const visit = await run.subscribed(passing, channel);
        const joined = await staying.seen.next('join', ({ info }) => info.client === passing.id);
        assert.equal(joined.info.user, `${run.user}-b`);
        visit.unsubscribe();
        await staying.seen.next('leave', ({ info }) => info.client === passing.id);
    },

    'hears another leave whose connection is dropped': async run => {
        const channel = run.channel('room');
        const staying = await run.subscribed(await run.connected(), channel, { joinLeave: true });
        const passing = await run.connected({ token: await run.token({ user: `${run.user}-b` }) });
        await run.subscribed(passing, channel);
        await staying.seen.next('join', ({ info }) => info.client === passing.id);
        passing.disconnect();
        await staying.seen.next('leave', ({ info }) => info.client === passing.id);
    },

    'reads history: forwards, since a position, backwards, and the position alone': async run => {
        const channel = run.channel('room');
        await run.publishAll(channel, ['a', 'b', 'c', 'd']);
        const subscription = await run.subscribed(await run.connected(), channel);
        const values = page => page.publications.map(({ data }) => run.unpack(data));
        const all = await subscription.history({ limit: 100 });
        assert.deepEqual(values(all), ['a', 'b', 'c', 'd']);
        assert.equal(all.offset, 4);
        const since = { offset: 2, epoch: all.epoch };
        assert.deepEqual(values(await subscription.history({ limit: 100, since })), ['c', 'd']);
        assert.deepEqual(values(await subscription.history({ limit: 2, reverse: true })), ['d', 'c']);
        const position = await subscription.history({ limit: 0 });
        assert.deepEqual(position.publications, []);
        assert.equal(position.offset, 4);
    },

    'hears what a back end publishes and broadcasts, with tags': async run => {
        const subscription = await run.subscribed(await run.connected(), run.channel('room'));
        const { offset } = await run.api('publish', { channel: run.channel('room'), data: { n: 1 }, tags: { kind: 'x' } });
        await run.api('broadcast', { channels: [run.channel('room'), run.channel('plain')], data: { n: 2 } });
        const first = await subscription.seen.next('publication');
        assert.deepEqual(run.unpack(first.data), { n: 1 });
        assert.deepEqual({ ...first.tags }, { kind: 'x' });
        assert.equal(first.offset, offset);
        assert.deepEqual(await run.publications(subscription.seen, 1), [{ value: { n: 2 }, offset: 2 }]);
    },

    'hears nothing more after it has unsubscribed': async run => {
        const client = await run.connected();
        const left = await run.subscribed(client, run.channel('room'));
        const kept = await run.subscribed(client, run.channel('plain'));
        left.unsubscribe();
        assert.equal((await left.seen.next('unsubscribed')).code, 0);
        await run.until('the relay has unsubscribed it',
            async () => (await client.presenceStats(run.channel('room'))).numClients === 0);
        await run.publishAll(run.channel('room'), [1]);
        await run.publishAll(run.channel('plain'), [2]);
        await run.publications(kept.seen, 1);
        assert.equal(left.seen.count('publication'), 0);
    },

    'stays unsubscribed when the API unsubscribes it (2000)': async run => {
        const subscription = await run.subscribed(await run.connected(), run.channel('room'));
        await run.api('unsubscribe', { user: run.user, channel: run.channel('room') });
        const { code, reason } = await subscription.seen.next('unsubscribed');
        assert.deepEqual({ code, reason }, { code: 2000, reason: 'server unsubscribe' });
        assert.equal(subscription.state, 'unsubscribed');
    },
};
