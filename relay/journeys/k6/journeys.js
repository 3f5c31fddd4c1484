// The three journeys for k6; docs/load-tools.md says how to run them and what the figures mean.
// k6 ends with 99 if a threshold does not hold, which is what tells that the relay failed.

import http from 'k6/http';
import { check } from 'k6';
import exec from 'k6/execution';
import { Counter, Trend } from 'k6/metrics';
import { connect } from './connection.js';
import { tokenFor } from './token.js';
import * as settings from './settings.js';

const delivered = new Trend('delivery', true);
const roundTrip = new Trend('round_trip', true);
const subscribersDone = new Counter('subscribers_done');
const published = new Counter('published');
const recovered = new Counter('recovered');
const pings = new Counter('pings');
const failures = new Counter('failures');

export const options = {
    scenarios: {
        subscribers: {
            executor: 'per-vu-iterations',
            exec: 'subscriber',
            vus: settings.subscribers,
            iterations: 1,
            maxDuration: `${settings.seconds + 30}s`,
        },
        // Both of these begin on time whether or not those before have ended, as real users do.
        backend: {
            executor: 'constant-arrival-rate',
            exec: 'backend',
            rate: settings.publishRate,
            duration: `${settings.seconds}s`,
            preAllocatedVUs: Math.max(5, Math.ceil(settings.publishRate / 5)),
        },
        chat: {
            executor: 'constant-arrival-rate',
            exec: 'chat',
            rate: settings.visitRate,
            duration: `${settings.seconds}s`,
            gracefulStop: '30s',
            preAllocatedVUs: settings.visitRate * 10,
        },
    },
    summaryTrendStats: ['count', 'min', 'med', 'p(95)', 'p(99)', 'max'],
    thresholds: {
        checks: ['rate==1'],
        failures: ['count==0'],
        subscribers_done: [`count==${settings.subscribers}`],
        recovered: ['count>0'],
        published: ['count>0'],
        // k6 itself could not begin as much as it should.
        dropped_iterations: ['count==0'],
    },
};

// guarded JOURNEY: counts what it throws; a rejected promise alone would be a line in the log of a run that passes.
async function guarded(journey) {
    try {
        await journey();
    } catch (failure) {
        failures.add(1);
        console.error(`${exec.scenario.name}: ${failure.message}`);
    }
}

const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

// 1. Listens for some time and leaves.
export function subscriber() {
    return guarded(async () => {
        const connection = await connect(settings.url, tokenFor(`subscriber-${exec.vu.idInTest}`));
        let last;
        let gaps = 0;
        let count = 0;
        connection.onPublication = ({ offset, data }, now) => {
            gaps += last === undefined || offset === last + 1 ? 0 : 1;
            last = offset;
            count++;
            // Right only as far as the clocks of publisher and subscriber agree; here they are one.
            delivered.add(Math.max(0, now - data.at));
        };
        const subscribed = await connection.command('subscribe', { channel: settings.feed });
        if (last === undefined) {
            last = subscribed.offset || 0;
        }
        await pause(settings.seconds * 1000);
        await connection.command('unsubscribe', { channel: settings.feed });
        check(count, { 'publications came': (each) => each > 0 });
        check(gaps, { 'in order, without gaps': (each) => each === 0 });
        pings.add(connection.pings);
        await connection.close();
        subscribersDone.add(1);
    });
}

function publish(channel, data) {
    const answer = http.post(`${settings.api}/publish`, JSON.stringify({ channel, data }), {
        headers: { 'X-API-Key': settings.apiKey, 'Content-Type': 'application/json' },
    });
    // Errors come with 200 as well, unless the relay is told otherwise.
    const good = check(answer, {
        'published': (each) => each.status === 200 && (each.json('result.offset') || 0) > 0,
    });
    published.add(good ? 1 : 0);
}

// 2. A back end writes one publication to the feed.
export function backend() {
    publish(settings.feed, { at: Date.now(), text: `news ${exec.scenario.iterationInTest}` });
}

// 3. A user comes to a room, talks, loses the connection, and comes back.
export function chat() {
    return guarded(async () => {
        const visit = `k6-${Date.now()}-${exec.scenario.iterationInTest}`;
        const user = tokenFor(visit);
        const first = await connect(settings.url, user);
        const { epoch } = await first.command('subscribe', { channel: settings.room });
        let last;
        for (let n = 1; n <= settings.messages; n++) {
            last = await say(first, `${visit}/${n}`);
            await pause(settings.thinkMillis);
        }
        // Its own last message is the position that it comes back from; what the room hears after that, it misses.
        first.onPublication = () => {};
        await first.close();
        publish(settings.room, { id: `${visit}/missed` });

        const second = await connect(settings.url, user);
        const back = await second.command('subscribe', { channel: settings.room, recover: true, epoch, offset: last });
        const missed = back.publications || [];
        const good = check(back, {
            'recovered': (each) => each.recovered === true,
            'what was missed is there': () => missed.some(({ data }) => data.id === `${visit}/missed`),
            'in order from the position': () => missed.every(({ offset }, index) => offset === last + 1 + index),
        });
        recovered.add(good ? 1 : 0);
        await say(second, `${visit}/back`);
        await second.close();
    });
}

// say CONNECTION ID: a promise of the offset of the own message, when it has come back.
function say(connection, id) {
    const began = Date.now();
    const own = connection.within('the own message', (resolve) => {
        connection.onPublication = ({ offset, data }, now) => {
            if (data.id === id) {
                roundTrip.add(now - began);
                resolve(offset);
            }
        };
    });
    return Promise.all([own, connection.command('publish', { channel: settings.room, data: { id } })]).then(([offset]) => offset);
}
