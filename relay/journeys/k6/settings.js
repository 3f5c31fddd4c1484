// Where the relay is and how much is asked of it. bin/journeys sets these; a team sets its own: docs/load-tools.md.

const missing = ['JOURNEY_URL', 'JOURNEY_API', 'JOURNEY_API_KEY'].filter((name) => !__ENV[name]);
if (missing.length > 0) {
    throw new Error(`set ${missing.join(', ')} in the environment: see docs/load-tools.md`);
}
if (!__ENV.JOURNEY_TOKEN && !__ENV.JOURNEY_SECRET) {
    throw new Error('set JOURNEY_TOKEN, or JOURNEY_SECRET to sign tokens with: see docs/load-tools.md');
}

// number NAME FALLBACK: a count or a rate from the environment, 1 or more.
function number(name, fallback) {
    const value = Number(__ENV[name] || fallback);
    if (!Number.isInteger(value) || value < 1) {
        throw new Error(`${name} is ${__ENV[name]}: it should be a whole number from 1`);
    }
    return value;
}

export const url = __ENV.JOURNEY_URL;
export const api = __ENV.JOURNEY_API;
export const apiKey = __ENV.JOURNEY_API_KEY;
export const token = __ENV.JOURNEY_TOKEN;
export const secret = __ENV.JOURNEY_SECRET;
export const feed = __ENV.JOURNEY_FEED || 'feed:news';
export const room = __ENV.JOURNEY_ROOM || 'chat:lobby';

export const seconds = number('JOURNEY_SECONDS', 20);
export const subscribers = number('JOURNEY_SUBSCRIBERS', 20);
// Publications and chat visits that begin in a second, whatever the relay makes of those before.
export const publishRate = number('JOURNEY_RATE', 10);
export const visitRate = number('JOURNEY_VISITS', 1);

// A visit: so many messages, so far apart.
export const messages = 4;
export const thinkMillis = 500;
