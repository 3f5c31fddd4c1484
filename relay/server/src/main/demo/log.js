// The conversation as a list in the order of the stream: by era (a new epoch begins one), then offset, then arrival.

const hues = [12, 36, 92, 150, 176, 200, 226, 262, 300, 334];

/** The same name has the same colour in every tab. */
export function hueOf(name) {
    let hash = 0x811c9dc5;
    for (const character of name) {
        hash = Math.imul(hash ^ character.codePointAt(0), 0x01000193) >>> 0;
    }
    return hues[(hash >>> 8) % hues.length];
}

export function avatar(name) {
    const element = document.createElement('span');
    element.className = 'avatar';
    element.setAttribute('aria-hidden', 'true');
    element.style.setProperty('--hue', hueOf(name));
    element.textContent = [...name.trim()][0]?.toUpperCase() ?? '?';
    return element;
}

function span(className, text) {
    const element = document.createElement('span');
    element.className = className;
    element.textContent = text;
    return element;
}

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });

export class Log {
    #list;
    #scroller;
    #empty;
    #arrivals = 0;

    constructor(list, scroller, empty) {
        this.#list = list;
        this.#scroller = scroller;
        this.#empty = empty;
    }

    /** Adds a message; kind is history, live, mine or recovered. */
    message({ era, offset, name, text, kind }) {
        const body = document.createElement('div');
        body.className = 'bubble';
        const head = document.createElement('p');
        head.className = 'head';
        head.append(span('who', name));
        if (kind !== 'history') {
            head.append(span('when', clock.format(new Date())));
        }
        const words = document.createElement('p');
        words.className = 'words';
        words.textContent = text;
        body.append(head, words);
        const item = this.#item('message', kind);
        item.append(avatar(name), body, this.#chips(offset, kind));
        return this.#insert(item, era, offset);
    }

    /** Adds a line about something that happened: with an offset if it is itself a publication. */
    note(text, { era, offset, kind = 'live', tone = 'plain' }) {
        const item = this.#item('note', kind);
        item.dataset.tone = tone;
        item.append(span('words', text));
        if (Number.isFinite(offset)) {
            item.append(this.#chips(offset, kind));
        }
        return this.#insert(item, era, offset);
    }

    /** Adds one's own message that the relay has not taken yet. */
    pending(name, text) {
        const item = this.message({ era: Infinity, offset: Infinity, name, text, kind: 'mine' });
        item.classList.add('pending');
        item.querySelector('.chips').replaceChildren(span('chip', 'waiting'));
        return item;
    }

    /** Gives a pending message its place in the stream. */
    settle(item, { era, offset, kind, milliseconds }) {
        item.classList.remove('pending');
        item.dataset.kind = kind;
        const chips = this.#chips(offset, kind);
        if (milliseconds !== undefined) {
            chips.prepend(span('chip time', `${milliseconds.toFixed(1)} ms`));
        }
        item.querySelector('.chips').replaceWith(chips);
        item.remove();
        this.#insert(item, era, offset);
    }

    #item(type, kind) {
        const item = document.createElement('li');
        item.className = type;
        item.dataset.kind = kind;
        return item;
    }

    #chips(offset, kind) {
        const chips = document.createElement('p');
        chips.className = 'chips';
        if (kind === 'recovered') {
            chips.append(span('chip recovered', 'recovered'));
        }
        if (Number.isFinite(offset)) {
            const chip = span('chip offset', `#${offset}`);
            chip.title = `offset ${offset} in the channel's stream`;
            chips.append(chip);
        }
        return chips;
    }

    #insert(item, era, offset) {
        const atEnd = this.#scroller.scrollHeight - this.#scroller.scrollTop - this.#scroller.clientHeight < 60;
        item.place = [era, offset ?? this.#topOffset(era), this.#arrivals++];
        let after = this.#list.lastElementChild;
        while (after && isBefore(item.place, after.place)) {
            after = after.previousElementSibling;
        }
        after ? after.after(item) : this.#list.prepend(item);
        this.#empty.hidden = true;
        if (atEnd) {
            this.#scroller.scrollTop = this.#scroller.scrollHeight;
        }
        return item;
    }

    #topOffset(era) {
        let top = 0;
        for (const { place } of this.#list.children) {
            if (place[0] === era && Number.isFinite(place[1])) {
                top = Math.max(top, place[1]);
            }
        }
        return top;
    }
}

function isBefore(a, b) {
    for (let i = 0; i < a.length; i++) {
        if (a[i] !== b[i]) {
            return a[i] < b[i];
        }
    }
    return false;
}
