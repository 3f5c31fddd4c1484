// A client's connection over a socket that Artillery's ws engine opened, or over one of its own: commands and their replies, pings
// and pongs, publications as they come. The engine itself takes the next frame for the answer, whatever it is, and does not
// answer pings.

const timeoutMillis = 5000;

export class Connection {
    #socket;
    #nextId = 1;
    #waiting = new Map();
    #failures = new Set();
    #ended;

    // How many pings were answered.
    pings = 0;

    // Called with each publication, in the order of their arrival.
    onPublication = () => {};

    // SOCKET is open or about to be; what it receives from here on is this connection's.
    constructor(socket) {
        this.#socket = socket;
        socket.addEventListener('message', (event) => this.#frame(String(event.data)));
        socket.addEventListener('error', (event) => this.#end(`error: ${event.message || 'no connection'}`));
        socket.addEventListener('close', (event) => this.#end(`closed with ${event.code} ${event.reason}`));
    }

    // open URL: a promise of a connection over a socket of its own.
    static async open(url) {
        const socket = new WebSocket(url);
        const connection = new Connection(socket);
        await connection.within('the handshake', (resolve) => socket.addEventListener('open', () => resolve()));
        return connection;
    }

    // command NAME REQUEST: a promise of the result; rejected by an error, the end of the connection, or no reply.
    command(name, request) {
        const id = this.#nextId++;
        return this.within(name, (resolve, reject) => {
            this.#waiting.set(id, (reply) => {
                if (reply.error) {
                    reject(new Error(`${name}: ${reply.error.code} ${reply.error.message}`));
                } else {
                    resolve(reply[name] ?? {});
                }
            });
            this.#socket.send(JSON.stringify({ id, [name]: request }));
        });
    }

    // close: a promise of the end of the connection.
    close() {
        const closed = new Promise((resolve) => this.#socket.addEventListener('close', resolve));
        this.#socket.close(1000);
        return closed;
    }

    // within WHAT BODY: a promise that fails when the connection ends, or after five seconds.
    within(what, body) {
        return new Promise((resolve, reject) => {
            const settle = (how) => (value) => {
                clearTimeout(timer);
                this.#failures.delete(reject);
                how(value);
            };
            const timer = setTimeout(
                () => settle(reject)(new Error(`${what}: no answer in ${timeoutMillis} ms`)),
                timeoutMillis,
            );
            this.#failures.add(reject);
            if (this.#ended) {
                settle(reject)(new Error(this.#ended));
            } else {
                body(settle(resolve), settle(reject));
            }
        });
    }

    // A frame has one message or several, a line each. An empty one is a ping, and the same comes back.
    #frame(text) {
        for (const line of text.split('\n').filter((each) => each !== '')) {
            const message = JSON.parse(line);
            if (message.id) {
                const answer = this.#waiting.get(message.id);
                this.#waiting.delete(message.id);
                answer?.(message);
            } else if (message.push) {
                if (message.push.pub) {
                    this.onPublication(message.push.pub, Date.now());
                }
            } else {
                this.pings++;
                this.#socket.send('{}');
            }
        }
    }

    #end(reason) {
        this.#ended ??= reason;
        this.#failures.forEach((reject) => reject(new Error(this.#ended)));
    }
}
