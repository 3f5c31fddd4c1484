// figures.mjs TOOL FOLDER: prints what a tool counted, in the same words for each; bin/journeys has it at the end of its line.
// Prints nothing if the tool left no report.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [tool, folder] = process.argv.slice(2);

const readers = { gatling, k6, artillery };
const figures = readers[tool]();
if (figures) {
    console.log(Object.entries(figures).map(([name, value]) => `${name}=${value}`).join(','));
}

function json(...path) {
    const file = join(folder, ...path);
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

// What its assertions compared: Gatling prints that, and has it in no file that is meant to be read.
function gatling() {
    const log = join(folder, 'gatling.log');
    const counts = new Map();
    for (const line of existsSync(log) ? readFileSync(log, 'utf8').split('\n') : []) {
        const found = /^(.*): count of (?:successful|failed) events is .*\(actual : ([0-9.]+)\)/.exec(line);
        if (found) {
            counts.set(found[1], Number(found[2]));
        }
    }
    const count = (name) => counts.get(name) ?? 0;
    return counts.size === 0 ? undefined : {
        subscribers: count('unsubscribed'),
        delivered: count('delivery'),
        published: count('publish') + count('publish while away'),
        round_trips: count('round trip'),
        recovered: count('recovered'),
        failed: count('Global'),
    };
}

function k6() {
    const metrics = json('k6', 'summary.json')?.metrics;
    if (!metrics) {
        return undefined;
    }
    const count = (name) => metrics[name]?.count ?? 0;
    return {
        subscribers: count('subscribers_done'),
        delivered: count('delivery'),
        published: count('published'),
        round_trips: count('round_trip'),
        recovered: count('recovered'),
        failed: count('failures') + (metrics.checks?.fails ?? 0),
    };
}

function artillery() {
    const [subscribe, publish, chat] = ['subscribe', 'publish', 'chat'].map((each) => json('artillery', `${each}.json`)?.aggregate);
    if (!subscribe || !publish || !chat) {
        return undefined;
    }
    const count = (report, name) => report.counters[name] ?? 0;
    return {
        subscribers: count(subscribe, 'journey.subscribers_done'),
        delivered: subscribe.summaries['journey.delivery']?.count ?? 0,
        published: count(publish, 'plugins.expect.ok.hasProperty') + count(chat, 'journey.recovered'),
        round_trips: chat.summaries['journey.round_trip']?.count ?? 0,
        recovered: count(chat, 'journey.recovered'),
        failed: [subscribe, publish, chat].reduce((sum, each) => sum + count(each, 'vusers.failed'), 0),
    };
}
