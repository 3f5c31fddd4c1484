// Every code that a client can see: errors, unsubscribes and disconnects.

import assert from 'node:assert/strict';
import { rejection, silentWebSocket } from './harness.mjs';

/** The code with which a subscription ends that cannot be made. */
async function refused(run, client, channel, options = {}) {
    const subscription = run.subscription(client, channel, options);
    subscription.subscribe();
    return (await subscription.seen.next('unsubscribed')).code;
}

/** The code with which a connection ends for good. */
async function turnedAway(run, options) {
    const client = run.client(options);
    client.connect();
    return (await client.seen.next('disconnected')).code;
}

const past = { ttl: 600, expireAt: 1 };

/** By name, what ends with a code. Not reachable through an SDK: 100, 101, 104, 111, 113. */
const causes = {
    'publish to an unknown namespace: 102': async run =>
        rejection((await run.connected()).publish(run.channel('nowhere'), run.pack({}))),
    'subscribe to an unknown namespace: 102': async run =>
        refused(run, await run.connected(), run.channel('nowhere')),
    'connect with an unknown namespace in the token: 102': async run =>
        turnedAway(run, { token: await run.token({ channels: [run.channel('nowhere')] }) }),
    'publish without permission: 103': async run =>
        rejection((await run.connected()).publish(run.channel(), run.pack({}))),
    'subscribe without permission: 103': async run => refused(run, await run.connected(), run.channel()),
    'subscribe to a private channel without a token: 103': async run =>
        refused(run, await run.connected(), '$' + run.channel('room')),
    'subscribe with a token of a wrong signature: 103': async run => refused(run, await run.connected(), '$' + run.channel('room'), {
        token: await run.subscriptionToken('$' + run.channel('room'), { secret: 'another secret of enough letters!' }),
    }),
    'subscribe to what the token has subscribed already: 105': async run => refused(
        run, await run.connected({ token: await run.token({ channels: [run.channel('room')] }) }), run.channel('room')),
    'subscribe to one channel too many: 106': async run => {
        const client = await run.connected();
        for (let i = 0; i < 4; i++) {
            await run.subscribed(client, `${run.channel('plain')}-${i}`);
        }
        return refused(run, client, run.channel('room'));
    },
    'subscribe to a channel with too long a name: 107': async run =>
        refused(run, await run.connected(), 'room:' + 'x'.repeat(251)),
    'publish what the namespace does not take: 107': async run =>
        rejection((await run.connected()).publish(run.channel('objects'), run.pack([1]))),
    'presence where it is off: 108': async run => rejection((await run.connected()).presence(run.channel('plain'))),
    'presence stats where it is off: 108': async run =>
        rejection((await run.connected()).presenceStats(run.channel('plain'))),
    'history where it is off: 108': async run =>
        rejection((await run.connected()).history(run.channel('plain'), { limit: 1 })),
    'connect with a token for a connection that has ended: 110': async run =>
        turnedAway(run, { token: await run.token(past) }),
    'subscribe with a token for a subscription that has ended: 110': async run =>
        refused(run, await run.connected(), '$' + run.channel('room'), {
            token: await run.subscriptionToken('$' + run.channel('room'), past),
        }),
    'history since another epoch: 112': async run => {
        await run.publishAll(run.channel('room'), [1]);
        return rejection((await run.connected()).history(
            run.channel('room'), { limit: 1, since: { offset: 1, epoch: 'other' } }));
    },

    'connect with a token of a wrong signature: 3500': async run =>
        turnedAway(run, { token: await run.token({ secret: 'another secret of enough letters!' }) }),
    'connect with what is no token: 3500': async run => turnedAway(run, { token: 'no token' }),
    'connect with a subscription token: 3500': async run =>
        turnedAway(run, { token: await run.subscriptionToken(run.channel('room')) }),
    'subscribe with a token for another channel: 3500': async run => {
        const client = await run.connected();
        run.subscription(client, '$' + run.channel('room'), {
            token: await run.subscriptionToken(run.channel('plain')),
        }).subscribe();
        return (await client.seen.next('disconnected')).code;
    },
    'subscribe with a token of another user: 3500': async run => {
        const client = await run.connected();
        run.subscription(client, '$' + run.channel('room'), {
            token: await run.subscriptionToken('$' + run.channel('room'), { user: 'mallory' }),
        }).subscribe();
        return (await client.seen.next('disconnected')).code;
    },
    'connect without a token where one is needed: 3501': run => turnedAway(run, { relay: 'strict' }),
    'send no connect in time: 3502': async run =>
        turnedAway(run, { relay: 'strict', token: await run.token(), websocket: silentWebSocket(() => true) }),
    'be disconnected by the API: 3503': async run => {
        const client = await run.connected();
        await run.kick();
        return (await client.seen.next('disconnected')).code;
    },
    'connect once more than a user may: 3504': async run => {
        await run.connected();
        await run.connected();
        return turnedAway(run, { token: await run.token() });
    },
    'connect with more channels than a connection may have: 3505': async run => turnedAway(run, {
        token: await run.token({ channels: [1, 2, 3, 4, 5].map(i => `${run.channel('plain')}-${i}`) }),
    }),
    'connect with an anonymous token where none may: 3507': async run =>
        turnedAway(run, { relay: 'strict', token: await run.token({ user: '' }) }),
    'send a message that nothing takes: 3508': async run => {
        const client = await run.connected();
        await client.send(run.pack({}));
        return (await client.seen.next('disconnected')).code;
    },
    // The SDK's own code for the close code 1009.
    'send too big a message: 3': async run => {
        const client = await run.connected();
        client.publish(run.channel('room'), run.pack('x'.repeat(70_000))).catch(() => {});
        return (await client.seen.next('disconnected')).code;
    },
    'answer no ping: 3012': async run => {
        const isPong = data => data.length === 2 || data.byteLength === 1;
        const client = await run.connected({ relay: 'strict', websocket: silentWebSocket(isPong) });
        return (await client.seen.next('connecting', ({ code }) => code !== 0)).code;
    },
};

/** Ends a connection through the API with a code, which the relay sends in its close frame. */
async function kickedWith(run, code) {
    const client = await run.connected({ getToken: () => run.token() });
    const reason = `reason of ${code}`;
    await run.kick({ code, reason });
    const event = code >= 3500 && code <= 3999 || code >= 4500 ? 'disconnected' : 'connecting';
    const seen = await client.seen.next(event, each => each.code !== 0);
    assert.deepEqual({ code: seen.code, reason: seen.reason }, { code, reason });
    if (event === 'connecting') {
        await client.seen.next('connected');
    }
}

const comesBack = [3001, 3004, 3005, 3006, 3008, 3009, 3010, 3011, 3012, 3013, 3014, 3499, 4000, 4499];
const staysAway = [3500, 3501, 3502, 3503, 3504, 3505, 3506, 3507, 3508, 3509, 3999, 4500, 4999];

export const scenarios = Object.fromEntries([
    ...Object.entries(causes).map(([name, cause]) => [
        name, async run => assert.equal(await cause(run), Number(name.slice(name.lastIndexOf(' ') + 1))),
    ]),
    ...comesBack.map(code => [`comes back after a disconnect with ${code}`, run => kickedWith(run, code)]),
    ...staysAway.map(code => [`stays away after a disconnect with ${code}`, run => kickedWith(run, code)]),
]);
