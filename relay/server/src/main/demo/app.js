// The page: a client of the relay through the official SDK, and what happens on the line made visible.

import { Line } from './line.js';
import { Log } from './log.js';
import { People, RoundTrips, Strip } from './panel.js';

const at = (id) => document.getElementById(id);
const channel = `chat:${new URLSearchParams(location.search).get('channel') || 'lobby'}`;
const awayMilliseconds = 10_000;
const probeMilliseconds = 2_000;

const log = new Log(at('log'), at('scroller'), at('empty'));
const strip = new Strip(at('strip'));
const roundTrips = new RoundTrips(at('rtt'), at('rtt-text'), at('spark'));
const people = new People(at('people'), at('count'));

const line = new Line();
const endpoint = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/connection/websocket`;
const relay = new Centrifuge(endpoint, { name: 'demo', ...line.options() });
const room = relay.newSubscription(channel);

/** Where this tab is in the stream. A new epoch (the relay lost its history) begins a new era: offsets start again. */
const position = { era: 0, epoch: null, offset: 0, seen: new Set() };
/** One's own messages that have not come back yet, by nonce. */
const outbox = new Map();
const tab = Array.from(crypto.getRandomValues(new Uint32Array(2)), (part) => part.toString(36)).join('');

let own = '';
let connectedAt = 0;
let awayAt = 0;
let sent = 0;
let unread = 0;
/** The offsets recovered so far while a recovery is being delivered, else null. */
let recovering = null;

// ---- Messages in

function receive({ data, info, offset }, kind) {
    if (position.seen.has(offset)) {
        return;
    }
    const arrived = performance.now();
    position.seen.add(offset);
    position.offset = Math.max(position.offset, offset ?? 0);
    showPosition();

    const waiting = outbox.get(data?.nonce);
    const mine = waiting !== undefined || (kind === 'live' && info?.client === own);
    const shown = kind === 'live' && mine ? 'mine' : kind;
    strip.add(offset, shown);
    const place = { era: position.era, offset, kind: shown };

    if (info && data?.name) {
        people.named(info.client, String(data.name));
    }
    if (data?.kind === 'hello') {
        log.note(greeting(data), place);
    } else if (waiting) {
        outbox.delete(data.nonce);
        const milliseconds = kind === 'live' ? arrived - waiting.sentAt : undefined;
        log.settle(waiting.item, { ...place, milliseconds });
        if (milliseconds !== undefined) {
            roundTrips.add(milliseconds);
        }
    } else {
        const name = data?.name ?? (info ? people.nameOf(info.client) : 'HTTP API');
        log.message({ ...place, name: String(name), text: textOf(data) });
        if (document.hidden && kind !== 'history') {
            unread += 1;
            showTitle();
        }
    }
    if (kind !== 'history') {
        flash();
    }
}

function greeting({ name, was, back }) {
    if (was) {
        return `${was} is now ${name}`;
    }
    return back ? `${name} is back` : `${name} is here`;
}

function textOf(data) {
    return typeof data?.text === 'string' ? data.text : JSON.stringify(data);
}

async function loadHistory() {
    const page = await room.history({ limit: 100, reverse: true });
    page.publications.forEach((publication) => receive(publication, 'history'));
}

room.on('publication', (publication) => {
    recovering?.push(publication.offset);
    receive(publication, recovering ? 'recovered' : 'live');
});

room.on('join', ({ info }) => people.joined(info.client));

room.on('leave', ({ info }) => {
    people.left(info.client);
    log.note(`${people.nameOf(info.client)} left`, { era: position.era });
});

// ---- Messages out

function say(text) {
    const name = at('name').value;
    const nonce = `${tab}-${sent++}`;
    outbox.set(nonce, { name, text, item: log.pending(name, text), sentAt: 0, underway: false });
    send(nonce);
}

/** Publishes until the message came back: a lost reply is no reason to say it twice, recovery tells first. */
async function send(nonce) {
    const message = outbox.get(nonce);
    if (!message || message.underway || room.state !== 'subscribed') {
        return;
    }
    message.underway = true;
    message.sentAt = performance.now();
    try {
        await room.publish({ kind: 'say', name: message.name, text: message.text, nonce });
    } catch (error) {
        if (error.code >= 100 && !error.temporary) {
            outbox.delete(nonce);
            message.item.classList.add('failed');
            message.item.querySelector('.chips').textContent = `refused: ${error.message}`;
        } else {
            setTimeout(() => send(nonce), 1000);
        }
    } finally {
        message.underway = false;
    }
}

function announce(extra = {}) {
    if (room.state === 'subscribed') {
        room.publish({ kind: 'hello', name: at('name').value, ...extra }).catch(() => {});
    }
}

// ---- The line

room.on('subscribed', (context) => {
    const { epoch, offset } = context.streamPosition ?? { epoch: '', offset: 0 };
    const before = position.offset;
    const first = position.epoch === null;
    const lost = context.wasRecovering && !context.recovered;
    if (position.epoch !== epoch) {
        position.era += first ? 0 : 1;
        Object.assign(position, { epoch, offset: 0, seen: new Set() });
        strip.clear();
    }
    if (lost) {
        log.note('Here is a gap: the relay no longer had what was missed (recovered=false)', {
            era: position.era,
            tone: 'warn',
        });
    }
    if (first || lost) {
        loadHistory().catch(() => {});
    }
    strip.away(false);
    recovering = [];
    // The SDK delivers what it recovered right after this event, in the same task.
    queueMicrotask(() => {
        const offsets = recovering;
        recovering = null;
        position.offset = Math.max(position.offset, offset);
        showPosition();
        if (context.wasRecovering) {
            showRecovery(context.recovered, before, offsets);
        }
        announce({ back: !first });
        outbox.forEach((_, nonce) => send(nonce));
    });
    readPeople().catch(() => people.are([own], own));
});

async function readPeople() {
    const { clients } = await room.presence();
    people.are(Object.keys(clients), own);
}

relay.on('connected', ({ client, transport }) => {
    own = client;
    connectedAt = Date.now();
    at('client').textContent = client.slice(0, 8);
    at('client').title = client;
    at('transport').textContent = `${transport}, JSON`;
    showState('connected', 'Connected');
});

relay.on('connecting', ({ reason }) => {
    if (connectedAt) {
        awayAt = Date.now();
        strip.away(true);
        showRecoveryText('away', 'Away', `The last message seen has offset ${position.offset}. (${reason})`);
    }
    connectedAt = 0;
    showState('connecting', awayAt ? 'Reconnecting' : 'Connecting');
});

relay.on('disconnected', ({ code, reason }) => {
    connectedAt = 0;
    showState('disconnected', `Disconnected: ${reason} (${code})`);
});

room.on('unsubscribed', ({ code, reason }) => showState('disconnected', `Not subscribed: ${reason} (${code})`));

// ---- What is on view

function showState(state, text) {
    at('state').dataset.state = state;
    at('state-text').textContent = text;
}

function showPosition() {
    at('position').textContent = `${position.offset} @ ${position.epoch || '–'}`;
    at('position').title = 'offset of the newest message @ epoch of the stream';
}

function showTitle() {
    document.title = unread ? `(${unread}) Heliograph` : 'Heliograph';
}

function showRecovery(recovered, before, offsets) {
    const away = `away for ${((Date.now() - awayAt) / 1000).toFixed(1)} s`;
    if (!recovered) {
        showRecoveryText('lost', 'Not recovered', `The relay no longer had what was missed after offset ${before}: ${away}, recovered=false.`);
        return;
    }
    if (offsets.length === 0) {
        showRecoveryText('whole', 'Nothing was missed', `Still at offset ${before}: ${away}, recovered=true.`);
        return;
    }
    const whole = offsets.every((offset, index) => offset === before + 1 + index);
    const range = offsets.length === 1 ? `offset ${offsets[0]}` : `offsets ${offsets[0]} to ${offsets.at(-1)}`;
    const order = whole ? 'in order, without a gap' : `after offset ${before}, with a gap`;
    const count = offsets.length === 1 ? '1 message' : `${offsets.length} messages`;
    showRecoveryText(whole ? 'whole' : 'lost', `Recovered ${count}`, `${range}, ${order}: ${away}, recovered=true.`);
}

function showRecoveryText(outcome, head, text) {
    at('recovery').dataset.outcome = outcome;
    at('recovery-head').textContent = head;
    at('recovery-text').textContent = text;
}

const glow = at('mark').querySelector('.mark-glow');
const calm = matchMedia('(prefers-reduced-motion: reduce)');

function flash() {
    if (!calm.matches) {
        glow.animate([{ opacity: 0.95 }, { opacity: 0.22 }], { duration: 500, easing: 'ease-out' });
    }
}

let cutSince = 0;

function showLine() {
    const left = Math.max(0, Math.ceil((cutSince + awayMilliseconds - Date.now()) / 1000));
    at('drop').textContent = line.cut ? `Reconnect now (${left} s)` : 'Drop my connection';
    at('drop').classList.toggle('counting', line.cut);
    at('uptime').textContent = connectedAt ? duration(Date.now() - connectedAt) : '–';
    if (at('state').dataset.state === 'connecting' && awayAt) {
        at('state-text').textContent = `Reconnecting, away for ${duration(Date.now() - awayAt)}`;
    }
}

function duration(milliseconds) {
    const seconds = Math.floor(milliseconds / 1000);
    const minutes = Math.floor(seconds / 60);
    return minutes ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

async function probe() {
    if (document.hidden || room.state !== 'subscribed') {
        return;
    }
    const start = performance.now();
    try {
        const { numClients } = await room.presenceStats();
        roundTrips.add(performance.now() - start);
        // Who was on a relay that was killed did not leave: their time ran out, and nobody tells.
        if (numClients < people.size) {
            await readPeople();
        }
    } catch {
        // The line went away under the request: the state tells.
    }
}

// ---- What the person does

const birds = ['Avocet', 'Bunting', 'Curlew', 'Dunlin', 'Fulmar', 'Gannet', 'Heron', 'Ibis', 'Kestrel', 'Lapwing',
    'Merlin', 'Nuthatch', 'Osprey', 'Plover', 'Redstart', 'Siskin', 'Tern', 'Wagtail', 'Wren', 'Yellowhammer'];

at('channel').textContent = channel;
at('another').href = location.href;
at('name').value = sessionStorage.getItem('name') ?? birds[Math.floor(Math.random() * birds.length)];
sessionStorage.setItem('name', at('name').value);

at('name').addEventListener('change', () => {
    const was = sessionStorage.getItem('name');
    const name = at('name').value.trim() || was;
    at('name').value = name;
    if (name !== was) {
        sessionStorage.setItem('name', name);
        announce({ was });
    }
});

at('say').addEventListener('submit', (event) => {
    event.preventDefault();
    const text = at('text').value.trim();
    if (text) {
        say(text);
        at('text').value = '';
    }
    at('text').focus();
});

at('burst').addEventListener('click', () => {
    for (let i = 1; i <= 10; i++) {
        say(`flash ${i} of 10`);
    }
});

at('drop').addEventListener('click', () => {
    if (line.cut) {
        line.restore();
    } else {
        cutSince = Date.now();
        line.drop(awayMilliseconds);
    }
    showLine();
});

at('theme').addEventListener('click', () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = dark ? 'light' : 'dark';
});

document.addEventListener('visibilitychange', () => {
    unread = 0;
    showTitle();
});

room.subscribe();
relay.connect();
setInterval(probe, probeMilliseconds);
setInterval(showLine, 250);
