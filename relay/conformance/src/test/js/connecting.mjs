// Connecting: with and without token, expiry, refresh.

import assert from 'node:assert/strict';
import { rejection } from './harness.mjs';

export const scenarios = {
    'connects without a token as an anonymous user': async run => {
        const client = run.client();
        client.connect();
        const { client: id, transport } = await client.seen.next('connected');
        assert.match(id, /^[0-9a-f-]{36}$/);
        assert.equal(transport, 'websocket');
    },

    'connects with a token, and others see its user and info': async run => {
        const client = await run.connected({ token: await run.token({ info: { name: 'Ann' } }) });
        const channel = run.channel('room');
        const subscription = await run.subscribed(client, channel);
        const { clients } = await subscription.presence();
        assert.deepEqual(Object.keys(clients), [client.id]);
        assert.equal(clients[client.id].user, run.user);
        assert.deepEqual(run.unpack(clients[client.id].connInfo), { name: 'Ann' });
    },

    'gets its first token from the back end': async run => {
        const client = run.client({ getToken: () => run.token() });
        client.connect();
        await client.seen.next('connected');
    },

    'replaces a token that has expired before connecting (109)': async run => {
        const client = run.client({ token: await run.token({ ttl: -10 }), getToken: () => run.token() });
        client.connect();
        const { error } = await client.seen.next('error');
        assert.equal(error.code, 109);
        await client.seen.next('connected');
    },

    'is unauthorized with an expired token and no way to get another': async run => {
        const client = run.client({ token: await run.token({ ttl: -10 }) });
        client.connect();
        const { code } = await client.seen.next('disconnected');
        assert.equal(code, 1);
    },

    'refreshes its token again and again and stays connected': async run => {
        let calls = 0;
        let enough;
        const thirdRefresh = new Promise(resolve => {
            enough = resolve;
        });
        const client = run.client({
            getToken: () => {
                if (++calls === 4) {
                    enough();
                }
                return run.token({ ttl: 3 });
            },
        });
        client.connect();
        await client.seen.next('connected');
        // By then the first tokens have expired, and the delay in which the relay would close has passed twice.
        await thirdRefresh;
        assert.equal(client.seen.count('connecting'), 1);
        assert.equal(client.state, 'connected');
    },

    'is closed with 3005 if the refresh token has expired, and comes back with a good one': async run => {
        const ttls = [8, -10, 600];
        const client = run.client({ getToken: () => run.token({ ttl: ttls.shift() }) });
        client.connect();
        await client.seen.next('connected');
        const { reason } = await client.seen.next('connecting', ({ code }) => code === 3005);
        assert.equal(reason, 'connection expired');
        await client.seen.next('connected');
    },

    'is closed with 3005 if it does not refresh in time': async run => {
        let calls = 0;
        const client = run.client({
            token: await run.token({ ttl: 8 }),
            getToken: () => ++calls === 1 ? new Promise(() => {}) : run.token(),
        });
        client.connect();
        await client.seen.next('connected');
        await client.seen.next('connecting', ({ code }) => code === 3005);
        await client.seen.next('connected');
    },

    'is closed with 3010 if the refreshed token lists other channels': async run => {
        const channels = [[run.channel('room')], [run.channel('plain')], [run.channel('plain')]];
        const client = run.client({
            getToken: () => run.token({ ttl: channels.length === 3 ? 8 : 600, channels: channels.shift() }),
        });
        client.connect();
        await client.seen.next('connected');
        await client.seen.next('connecting', ({ code }) => code === 3010);
        await client.seen.next('connected');
    },

    'is closed with 3500 if it refreshes with another user\'s token': async run => {
        let calls = 0;
        const client = run.client({ getToken: () => run.token(++calls === 1 ? { ttl: 8 } : { user: 'mallory' }) });
        client.connect();
        const { code } = await client.seen.next('disconnected');
        assert.equal(code, 3500);
    },

    'is closed with 3005 when the API says that it has expired': async run => {
        const client = await run.connected({ getToken: () => run.token() });
        await run.api('refresh', { user: run.user, expired: true });
        await client.seen.next('connecting', ({ code }) => code === 3005);
        await client.seen.next('connected');
    },

    'asks for rpc and is told that none is served (108)': async run => {
        const client = await run.connected();
        assert.equal(await rejection(client.rpc('method', run.pack({}))), 108);
    },

    'connects again after it has disconnected itself': async run => {
        const client = await run.connected();
        client.disconnect();
        assert.equal((await client.seen.next('disconnected')).code, 0);
        client.connect();
        await client.seen.next('connected');
    },
};
