// shutdown.mjs json|protobuf URL: connects, says so, and holds if the relay's end is seen as 3001.

import { Run } from './harness.mjs';

const [encoding, url] = process.argv.slice(2);
const run = new Run({ main: url }, encoding);
const client = run.client();
client.connect();
await client.seen.next('connected');
console.log('connected');
const { code, reason } = await client.seen.next('connecting', each => each.code !== 0);
client.disconnect();
console.log(`${code} ${reason}`);
process.exit(0);
