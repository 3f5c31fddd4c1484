// The line to the relay, made so that the page can cut it: what the SDK sees is a socket that closed and a network
// that is gone; everything after that is the SDK's own reconnecting and recovering.

/** A socket that never opens, for attempts while the line is cut. */
class DeadSocket {
    constructor() {
        setTimeout(() => this.onclose?.({ code: 1006, reason: '', wasClean: false }), 0);
    }
    send() {}
    close() {}
}

export class Line {
    #socket = null;
    #restoring = null;
    #events = new EventTarget();

    constructor() {
        for (const type of ['online', 'offline']) {
            window.addEventListener(type, () => this.#tell(type));
        }
    }

    /** Options of the SDK's client that make it use this line. */
    options() {
        const line = this;
        return {
            networkEventTarget: this.#events,
            websocket: function (url, protocols) {
                if (line.cut) {
                    return new DeadSocket();
                }
                line.#socket = new WebSocket(url, protocols);
                return line.#socket;
            },
        };
    }

    get cut() {
        return this.#restoring !== null;
    }

    /** Cuts the line for some milliseconds. */
    drop(milliseconds) {
        this.restore();
        this.#restoring = setTimeout(() => this.restore(), milliseconds);
        this.#socket?.close();
        this.#tell('offline');
    }

    restore() {
        if (!this.cut) {
            return;
        }
        clearTimeout(this.#restoring);
        this.#restoring = null;
        this.#tell('online');
    }

    #tell(type) {
        this.#events.dispatchEvent(new Event(type));
    }
}
