// Kicked, and back with what was missed.

import assert from 'node:assert/strict';
import { gate } from './harness.mjs';

/** A connected client that does not reconnect before its gate is open. */
async function held(run) {
    const hold = gate();
    let attempts = 0;
    const client = await run.connected({
        getData: async () => {
            if (++attempts > 1) {
                await hold.opened;
            }
            return run.pack({});
        },
    });
    return { client, hold };
}

export const scenarios = {
    'is kicked, comes back by itself, and recovers exactly what it missed': async run => {
        const channel = run.channel('room');
        const { client, hold } = await held(run);
        const subscription = await run.subscribed(client, channel);
        await run.publishAll(channel, ['a', 'b']);
        await run.publications(subscription.seen, 2);
        await run.kick({ code: 3011, reason: 'force reconnect' });
        await client.seen.next('connecting', ({ code }) => code === 3011);
        await run.publishAll(channel, ['c', 'd', 'e']);
        hold.open();
        const { recovered, wasRecovering } = await subscription.seen.next('subscribed');
        assert.deepEqual({ recovered, wasRecovering }, { recovered: true, wasRecovering: true });
        await run.publishAll(channel, ['f']);
        assert.deepEqual(await run.publications(subscription.seen, 4), [
            { value: 'c', offset: 3 }, { value: 'd', offset: 4 }, { value: 'e', offset: 5 }, { value: 'f', offset: 6 },
        ]);
        assert.equal(subscription.seen.count('publication'), 6);
    },

    'recovers nothing when nothing was missed': async run => {
        const channel = run.channel('room');
        const client = await run.connected();
        const subscription = await run.subscribed(client, channel);
        await run.publishAll(channel, ['a']);
        await run.publications(subscription.seen, 1);
        await run.kick({ code: 4000, reason: 'again' });
        const { recovered, hasRecoveredPublications } = await subscription.seen.next('subscribed');
        assert.deepEqual({ recovered, hasRecoveredPublications }, { recovered: true, hasRecoveredPublications: false });
        assert.equal(subscription.seen.count('publication'), 1);
    },

    'is told recovered=false where history is too short, and goes on from there': async run => {
        const channel = run.channel('brief');
        const { client, hold } = await held(run);
        const subscription = await run.subscribed(client, channel);
        await run.publishAll(channel, ['a']);
        await run.publications(subscription.seen, 1);
        await run.kick({ code: 3011, reason: 'force reconnect' });
        await client.seen.next('connecting', ({ code }) => code === 3011);
        await run.publishAll(channel, ['b', 'c', 'd', 'e']);
        hold.open();
        const { recovered, wasRecovering, streamPosition } = await subscription.seen.next('subscribed');
        assert.deepEqual({ recovered, wasRecovering }, { recovered: false, wasRecovering: true });
        assert.equal(streamPosition.offset, 5);
        await run.publishAll(channel, ['f']);
        assert.deepEqual(await run.publications(subscription.seen, 1), [{ value: 'f', offset: 6 }]);
    },

    'recovers from a position that the page has kept': async run => {
        const channel = run.channel('room');
        await run.publishAll(channel, ['a', 'b', 'c']);
        const { epoch } = await run.api('history', { channel, limit: 0 });
        const subscription = run.subscription(await run.connected(), channel, { since: { offset: 1, epoch } });
        subscription.subscribe();
        assert.equal((await subscription.seen.next('subscribed')).recovered, true);
        assert.deepEqual(await run.publications(subscription.seen, 2), [
            { value: 'b', offset: 2 }, { value: 'c', offset: 3 },
        ]);
    },

    'does not recover from a position of another epoch': async run => {
        const channel = run.channel('room');
        await run.publishAll(channel, ['a']);
        const subscription = run.subscription(await run.connected(), channel, { since: { offset: 0, epoch: 'other' } });
        subscription.subscribe();
        const { recovered, wasRecovering } = await subscription.seen.next('subscribed');
        assert.deepEqual({ recovered, wasRecovering }, { recovered: false, wasRecovering: true });
    },

    'recovers after the TCP connection was dropped without a close frame (3000)': async run => {
        const channel = run.channel('room');
        const { client, hold } = await held(run);
        const subscription = await run.subscribed(client, channel);
        await run.kick({ code: 3000, reason: '' });
        await client.seen.next('connecting', ({ code }) => code === 1);
        await run.publishAll(channel, ['a']);
        hold.open();
        assert.equal((await subscription.seen.next('subscribed')).recovered, true);
        assert.deepEqual(await run.publications(subscription.seen, 1), [{ value: 'a', offset: 1 }]);
    },
};
