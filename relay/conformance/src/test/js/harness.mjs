// What scenarios share: clients of the official SDK whose events can be waited for, the server API, tokens.

import { randomUUID } from 'node:crypto';
import { Centrifuge as JsonClient } from 'centrifuge';
import { Centrifuge as ProtobufClient } from 'centrifuge/build/protobuf';
import WebSocket from 'ws';

/** How long an event may take: far more than any needs, so that only what never comes fails. */
const PATIENCE_MS = 30_000;

const CLIENT_EVENTS = [
    'connecting', 'connected', 'disconnected', 'error', 'subscribed', 'unsubscribed', 'publication', 'join', 'leave',
];
const SUBSCRIPTION_EVENTS = ['subscribing', 'subscribed', 'unsubscribed', 'publication', 'join', 'leave', 'error'];

/** What an emitter said, in order; each event is handed out once. */
class Events {
    #unread = [];
    #all = [];
    #waiting = [];

    constructor(emitter, names) {
        names.forEach(name => emitter.on(name, context => this.#add({ ...context, event: name })));
    }

    #add(event) {
        this.#all.push(event);
        const at = this.#waiting.findIndex(each => each.event === event.event && each.matches(event));
        if (at < 0) {
            this.#unread.push(event);
        } else {
            this.#waiting.splice(at, 1)[0].resolve(event);
        }
    }

    /** The next event of a name that matches, from those that nobody has waited for yet. */
    next(name, matches = () => true) {
        const at = this.#unread.findIndex(each => each.event === name && matches(each));
        if (at >= 0) {
            return Promise.resolve(this.#unread.splice(at, 1)[0]);
        }
        return within(`event '${name}'`, resolve => this.#waiting.push({ event: name, matches, resolve }),
            () => this.#all.map(each => `${each.event} ${each.code ?? each.error?.code ?? ''}`.trim()).join(', '));
    }

    count(name) {
        return this.#all.filter(each => each.event === name).length;
    }
}

function within(what, executor, seen = () => '') {
    return new Promise((resolve, reject) => {
        const timer = setTimeout(
            () => reject(new Error(`no ${what} within ${PATIENCE_MS / 1000} s; seen: [${seen()}]`)), PATIENCE_MS);
        executor(value => {
            clearTimeout(timer);
            resolve(value);
        });
    });
}

/** A promise that is opened from outside. */
export function gate() {
    let open;
    const opened = new Promise(resolve => {
        open = resolve;
    });
    return { opened, open };
}

/** A WebSocket that leaves out what a test does not want to be sent. */
export function silentWebSocket(leavesOut) {
    return class extends WebSocket {
        send(data, ...rest) {
            if (!leavesOut(data)) {
                super.send(data, ...rest);
            }
        }
    };
}

/** One run of one scenario in one encoding, with names of its own. */
export class Run {
    #clients = [];
    #id = randomUUID().slice(0, 8);

    constructor(world, encoding) {
        this.world = world;
        this.encoding = encoding;
        this.user = `user-${this.#id}`;
    }

    channel(namespace = '') {
        return namespace === '' ? `c-${this.#id}` : `${namespace}:${this.#id}`;
    }

    /** A client that is not connected yet. */
    client({ relay = 'main', ...options } = {}) {
        const Client = this.encoding === 'protobuf' ? ProtobufClient : JsonClient;
        const client = new Client(this.world[relay].replace('http', 'ws') + '/connection/websocket', {
            websocket: WebSocket,
            minReconnectDelay: 20,
            maxReconnectDelay: 100,
            ...options,
        });
        client.seen = new Events(client, CLIENT_EVENTS);
        this.#clients.push(client);
        return client;
    }

    /** A client that is connected; of this run's user unless a token says otherwise. */
    async connected(options = {}) {
        const client = this.client({ token: await this.token(), ...options });
        client.connect();
        const context = await client.seen.next('connected');
        client.id = context.client;
        return client;
    }

    subscription(client, channel, options = {}) {
        const subscription = client.newSubscription(channel, {
            minResubscribeDelay: 20, maxResubscribeDelay: 100, ...options,
        });
        subscription.seen = new Events(subscription, SUBSCRIPTION_EVENTS);
        return subscription;
    }

    async subscribed(client, channel, options = {}) {
        const subscription = this.subscription(client, channel, options);
        subscription.subscribe();
        await subscription.seen.next('subscribed');
        return subscription;
    }

    /** A connection token; for this run's user unless the claims have another. */
    token(claims = {}) {
        return this.#backend('connection', { user: this.user, ...claims });
    }

    subscriptionToken(channel, claims = {}) {
        return this.#backend('subscription', { user: this.user, channel, ...claims });
    }

    async #backend(kind, claims) {
        const response = await fetch(`${this.world.backend}/${kind}`, { method: 'POST', body: JSON.stringify(claims) });
        if (!response.ok) {
            throw new Error(`no token: ${response.status} ${await response.text()}`);
        }
        return response.text();
    }

    /** Calls the server API and returns the result. */
    async api(method, params, relay = 'main') {
        const response = await fetch(`${this.world[relay]}/api/${method}`, {
            method: 'POST',
            headers: { 'X-API-Key': this.world.apiKey },
            body: JSON.stringify(params),
        });
        const text = await response.text();
        const answer = response.ok ? JSON.parse(text) : { error: { code: response.status, message: text } };
        if (answer.error) {
            throw new Error(`API ${method}: ${answer.error.code} ${answer.error.message}`);
        }
        return answer.result;
    }

    /** Publishes values one after the other through the server API. */
    async publishAll(channel, values) {
        for (const data of values) {
            await this.api('publish', { channel, data });
        }
    }

    kick(disconnect, relay = 'main') {
        return this.api('disconnect', { user: this.user, ...(disconnect && { disconnect }) }, relay);
    }

    /** A value as this encoding's SDK wants payloads. */
    pack(value) {
        return this.encoding === 'protobuf' ? new TextEncoder().encode(JSON.stringify(value)) : value;
    }

    /** A payload from this encoding's SDK as a value. */
    unpack(payload) {
        return this.encoding === 'protobuf' ? JSON.parse(new TextDecoder().decode(payload)) : payload;
    }

    /** The values of the next publications, and their offsets. */
    async publications(seen, count) {
        const all = [];
        while (all.length < count) {
            const { data, offset } = await seen.next('publication');
            all.push({ value: this.unpack(data), offset });
        }
        return all;
    }

    /** Waits until a condition of a system without events holds. */
    async until(what, holds) {
        const end = Date.now() + PATIENCE_MS;
        while (!await holds()) {
            if (Date.now() > end) {
                throw new Error(`not within ${PATIENCE_MS / 1000} s: ${what}`);
            }
            await new Promise(resolve => setTimeout(resolve, 20));
        }
    }

    end() {
        this.#clients.forEach(each => each.disconnect());
    }
}

/** The code a promise is rejected with. */
export async function rejection(promise) {
    try {
        await promise;
    } catch (error) {
        return error.code ?? error;
    }
    return 'no rejection';
}
