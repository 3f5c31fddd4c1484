// The least that a relay can do, with the library `ws`: `sub CHANNEL` is answered by `ok`, and `pub CHANNEL PAYLOAD` sends
// the payload to all that are subscribed. One process, as such a server usually begins.
import { WebSocketServer } from 'ws';

const channels = new Map();
const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.argv[2]), perMessageDeflate: false });

server.on('connection', (socket) => {
    const heard = [];
    socket.on('message', (data) => {
        const text = data.toString();
        const [verb, channel] = text.split(' ', 2);
        if (verb === 'sub') {
            if (!channels.has(channel)) {
                channels.set(channel, new Set());
            }
            channels.get(channel).add(socket);
            heard.push(channel);
            socket.send('ok');
        } else if (verb === 'pub') {
            const payload = text.slice(verb.length + channel.length + 2);
            for (const each of channels.get(channel) ?? []) {
                each.send(payload);
            }
        }
    });
    socket.on('close', () => heard.forEach((channel) => channels.get(channel).delete(socket)));
});
