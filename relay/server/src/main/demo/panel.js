// The instruments beside the conversation: the strip of offsets, the round trips, who is here.

import { avatar } from './log.js';

/** One cell for each of the latest offsets, so that a gap would be seen. */
export class Strip {
    #list;

    constructor(list) {
        this.#list = list;
    }

    add(offset, kind) {
        const cell = document.createElement('li');
        cell.dataset.kind = kind;
        cell.offset = offset;
        let after = this.#list.lastElementChild;
        while (after && (after.offset === undefined || after.offset > offset)) {
            after = after.previousElementSibling;
        }
        after ? after.after(cell) : this.#list.prepend(cell);
        while (this.#list.children.length > 1 && this.#list.scrollWidth > this.#list.clientWidth) {
            this.#list.firstElementChild.remove();
        }
    }

    /** While the line is down, an open end shows that there may be more. */
    away(isAway) {
        this.#list.classList.toggle('away', isAway);
    }

    clear() {
        this.#list.replaceChildren();
    }
}

export class RoundTrips {
    #latest;
    #summary;
    #area;
    #curve;
    #samples = [];

    constructor(latest, summary, spark) {
        this.#latest = latest;
        this.#summary = summary;
        this.#area = spark.querySelector('.area');
        this.#curve = spark.querySelector('.curve');
    }

    add(milliseconds) {
        this.#samples = [...this.#samples, milliseconds].slice(-60);
        this.#latest.textContent = milliseconds.toFixed(1);
        const sorted = this.#samples.toSorted((a, b) => a - b);
        const median = sorted[Math.floor(sorted.length / 2)];
        this.#summary.textContent =
            `median ${median.toFixed(1)} · best ${sorted[0].toFixed(1)} · worst ${sorted.at(-1).toFixed(1)}`;
        this.#draw();
    }

    #draw() {
        const width = 240;
        const height = 48;
        // A floor of 2 ms keeps the curve of a quiet loopback from looking like a mountain range.
        const top = Math.max(2, ...this.#samples) * 1.15;
        const step = width / Math.max(1, this.#samples.length - 1);
        const points = this.#samples.map((value, index) => {
            const x = this.#samples.length === 1 ? width : index * step;
            return `${x.toFixed(1)} ${(height - 2 - (value / top) * (height - 6)).toFixed(1)}`;
        });
        const line = `M${points.join('L')}`;
        this.#curve.setAttribute('d', line);
        this.#area.setAttribute('d', `${line}V${height}H0Z`);
    }
}

/** Who is subscribed, by connection; names come from what connections said about themselves. */
export class People {
    #list;
    #count;
    #here = new Set();
    #names = new Map();
    #own = '';

    constructor(list, count) {
        this.#list = list;
        this.#count = count;
    }

    nameOf(client) {
        return this.#names.get(client) ?? `guest ${client.slice(0, 4)}`;
    }

    named(client, name) {
        if (this.#names.get(client) !== name) {
            this.#names.set(client, name);
            this.#draw();
        }
    }

    get size() {
        return this.#here.size;
    }

    /** Takes the whole list. */
    are(clients, own) {
        this.#here = new Set(clients);
        this.#own = own;
        this.#draw();
    }

    joined(client) {
        this.#here.add(client);
        this.#draw();
    }

    left(client) {
        this.#here.delete(client);
        this.#draw();
    }

    #draw() {
        this.#count.textContent = this.#here.size;
        const rows = [...this.#here].map((client) => ({ client, name: this.nameOf(client), own: client === this.#own }));
        rows.sort((a, b) => b.own - a.own || a.name.localeCompare(b.name));
        this.#list.replaceChildren(...rows.map(({ client, name, own }) => {
            const row = document.createElement('li');
            const label = document.createElement('span');
            label.textContent = name;
            row.append(avatar(name), label);
            if (own) {
                const you = document.createElement('span');
                you.className = 'chip';
                you.textContent = 'you';
                row.append(you);
            }
            row.title = client;
            return row;
        }));
    }
}
