// A client's connection: commands and their replies, pings and pongs, publications as they come.

import { WebSocket } from 'k6/websockets';

const timeoutMillis = 5000;

// connect URL TOKEN: a promise of a connection that the relay has let in; rejected if it does not within five seconds.
export function connect(url, token) {
    const connection = new Connection(url);
    return connection.opened.then(() => connection.command('connect', { token, name: 'k6' })).then(() => connection);
}

class Connection {
    constructor(url) {
        this.nextId = 1;
        this.waiting = new Map();
        this.pings = 0;
        this.ended = undefined;
        this.failures = new Set();
        // Called with each publication, in the order of their arrival, and the time of it.
        this.onPublication = () => {};
        this.socket = new WebSocket(url);
        this.opened = this.within('the handshake', (resolve) => {
            this.socket.onopen = () => resolve();
        });
        this.socket.onmessage = (event) => this.frame(event.data);
        this.socket.onerror = (event) => this.end(`error: ${event.error}`);
        this.closed = new Promise((resolve) => {
            this.socket.onclose = (event) => {
                this.end(`closed with ${event.code} ${event.reason}`);
                resolve();
            };
        });
    }

    // command NAME REQUEST: a promise of the result; rejected by an error, the end of the connection, or no reply.
    command(name, request) {
        const id = this.nextId++;
        return this.within(name, (resolve, reject) => {
            this.waiting.set(id, (reply) => {
                if (reply.error) {
                    reject(new Error(`${name}: ${reply.error.code} ${reply.error.message}`));
                } else {
                    resolve(reply[name] || {});
                }
            });
            this.socket.send(JSON.stringify({ id, [name]: request }));
        });
    }

    // isOpen: whether the relay has kept this connection so far.
    isOpen() {
        return this.ended === undefined;
    }

    // close: a promise of the end of the closing handshake.
    close() {
        this.socket.close(1000);
        return this.closed;
    }

    // A frame has one message or several, a line each. An empty one is a ping, and the same comes back.
    frame(text) {
        for (const line of text.split('\n')) {
            if (line === '') {
                continue;
            }
            const message = JSON.parse(line);
            if (message.id) {
                const answer = this.waiting.get(message.id);
                this.waiting.delete(message.id);
                if (answer) {
                    answer(message);
                }
            } else if (message.push) {
                if (message.push.pub) {
                    this.onPublication(message.push.pub, Date.now());
                }
            } else {
                this.pings++;
                this.socket.send('{}');
            }
        }
    }

    end(reason) {
        this.ended = this.ended || reason;
        this.failures.forEach((reject) => reject(new Error(this.ended)));
    }

    // within WHAT BODY: a promise that fails when the connection ends, or after five seconds.
    within(what, body) {
        return new Promise((resolve, reject) => {
            const settle = (how) => (value) => {
                clearTimeout(timer);
                this.failures.delete(reject);
                how(value);
            };
            const timer = setTimeout(() => settle(reject)(new Error(`${what}: no answer in ${timeoutMillis} ms`)), timeoutMillis);
            this.failures.add(reject);
            if (this.ended) {
                settle(reject)(new Error(this.ended));
            } else {
                body(settle(resolve), settle(reject));
            }
        });
    }
}
