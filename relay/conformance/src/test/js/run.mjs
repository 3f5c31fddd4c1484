// run.mjs json|protobuf [NAME...]: runs scenarios (all without names) of the official JavaScript SDK side by side.
// The world they run in comes as JSON in HELIOGRAPH_WORLD: {"main": URL, "strict": URL, "backend": URL, "apiKey": KEY}.
// One line of JSON for each: {"name": ..., "failure": null or text}. Exit code: 0 all held, 1 some did not, 2 could not run.

import { Run } from './harness.mjs';
import { scenarios as codes } from './codes.mjs';
import { scenarios as connecting } from './connecting.mjs';
import { scenarios as recovering } from './recovering.mjs';
import { scenarios as serverSide } from './server-side.mjs';
import { scenarios as subscribing } from './subscribing.mjs';

const all = { ...connecting, ...subscribing, ...serverSide, ...recovering, ...codes };
const [encoding, ...wanted] = process.argv.slice(2);

function refuse(message) {
    console.error(message);
    process.exit(2);
}

if (!['json', 'protobuf'].includes(encoding)) {
    refuse('usage: run.mjs json|protobuf [NAME...]');
}
if (!process.env.HELIOGRAPH_WORLD) {
    refuse('HELIOGRAPH_WORLD is not set');
}
const world = JSON.parse(process.env.HELIOGRAPH_WORLD);
const names = wanted.length > 0 ? wanted : Object.keys(all);
const unknown = names.filter(name => !(name in all));
if (unknown.length > 0) {
    refuse(`no such scenario: ${unknown.join('; ')}`);
}

async function outcome(name) {
    const run = new Run(world, encoding);
    try {
        await all[name](run);
        return { name, failure: null };
    } catch (error) {
        return { name, failure: error.stack ?? JSON.stringify(error) };
    } finally {
        run.end();
    }
}

const outcomes = await Promise.all(names.map(async name => {
    const result = await outcome(name);
    console.log(JSON.stringify(result));
    return result;
}));
const failed = outcomes.filter(({ failure }) => failure !== null);
failed.forEach(({ name, failure }) => console.error(`FAILED ${encoding}: ${name}: ${failure}`));
process.exit(failed.length > 0 ? 1 : 0);
