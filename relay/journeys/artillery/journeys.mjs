// What the users of the three scripts do; docs/load-tools.md says how to run them and what the figures mean.
// A function that throws fails its user, and the script ensures that no user has failed.

import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from './connection.mjs';

const environment = process.env;
const feed = environment.JOURNEY_FEED || 'feed:news';
const room = environment.JOURNEY_ROOM || 'chat:lobby';
const messages = 4;
const thinkMillis = 500;

// What a team's back end does: a JSON Web Token that lets one user connect for an hour (HS256).
function tokenFor(user) {
    if (environment.JOURNEY_TOKEN) {
        return environment.JOURNEY_TOKEN;
    }
    const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: user, exp: Math.floor(Date.now() / 1000) + 3600 })}`;
    return `${signed}.${createHmac('sha256', environment.JOURNEY_SECRET).update(signed).digest('base64url')}`;
}

// must HOLDS MESSAGE: fails the user; the report counts failures by their message.
function must(holds, message) {
    if (!holds) {
        throw new Error(message);
    }
}

// 1. Listens for some time and leaves.
export async function listen(context, events) {
    const connection = new Connection(context.ws);
    await connection.command('connect', { token: tokenFor(`subscriber-${context.vars.$uuid}`), name: 'artillery' });
    let last;
    let gaps = 0;
    let count = 0;
    connection.onPublication = ({ offset, data }, now) => {
        gaps += last === undefined || offset === last + 1 ? 0 : 1;
        last = offset;
        count++;
        // Right only as far as the clocks of publisher and subscriber agree; here they are one.
        events.emit('histogram', 'journey.delivery', Math.max(0, now - data.at));
    };
    const subscribed = await connection.command('subscribe', { channel: feed });
    last ??= subscribed.offset ?? 0;
    await pause(Number(environment.JOURNEY_SECONDS) * 1000);
    await connection.command('unsubscribe', { channel: feed });
    must(count > 0, 'no publications came');
    must(gaps === 0, `${gaps} gaps`);
    events.emit('counter', 'journey.pings', connection.pings);
    await connection.close();
    events.emit('counter', 'journey.subscribers_done', 1);
}

// 2. Makes the publication that the engine sends.
export async function stamp(request) {
    const at = Date.now();
    request.json = { channel: feed, data: { at, text: `news ${at}` } };
}

// 3. A user comes to a room, talks, and loses the connection ...
export async function talk(context, events) {
    const visit = `artillery-${randomUUID()}`;
    const token = tokenFor(visit);
    const connection = new Connection(context.ws);
    await connection.command('connect', { token, name: 'artillery' });
    const { epoch } = await connection.command('subscribe', { channel: room });
    let last;
    for (let n = 1; n <= messages; n++) {
        last = await say(connection, `${visit}/${n}`, events);
        await pause(thinkMillis);
    }
    await connection.close();
    // Its own last message is the position that it comes back from; what the room hears after that, it misses.
    context.vars.visit = { visit, token, epoch, last };
    const answer = await fetch(`${environment.JOURNEY_API}/publish`, {
        method: 'POST',
        headers: { 'X-API-Key': environment.JOURNEY_API_KEY, 'Content-Type': 'application/json' },
        body: JSON.stringify({ channel: room, data: { id: `${visit}/missed` } }),
    });
    must(answer.status === 200, `publishing was answered with ${answer.status}`);
    must((await answer.json()).result?.offset > 0, 'publishing failed');
}

// ... and comes back. The engine has one socket for a user, so that this one is its own.
export async function comeBack(context, events) {
    const { visit, token, epoch, last } = context.vars.visit;
    const connection = await Connection.open(environment.JOURNEY_URL);
    await connection.command('connect', { token, name: 'artillery' });
    const back = await connection.command('subscribe', { channel: room, recover: true, epoch, offset: last });
    const missed = back.publications ?? [];
    must(back.recovered === true, 'not recovered');
    must(missed.some(({ data }) => data.id === `${visit}/missed`), 'what was missed is not there');
    must(missed.every(({ offset }, index) => offset === last + 1 + index), 'not in order from the position');
    events.emit('counter', 'journey.recovered', 1);
    await say(connection, `${visit}/back`, events);
    await connection.close();
}

// say CONNECTION ID EVENTS: a promise of the offset of the own message, when it has come back.
async function say(connection, id, events) {
    const began = Date.now();
    const own = connection.within('the own message', (resolve) => {
        connection.onPublication = ({ offset, data }, now) => {
            if (data.id === id) {
                events.emit('histogram', 'journey.round_trip', now - began);
                resolve(offset);
            }
        };
    });
    const [offset] = await Promise.all([own, connection.command('publish', { channel: room, data: { id } })]);
    return offset;
}
