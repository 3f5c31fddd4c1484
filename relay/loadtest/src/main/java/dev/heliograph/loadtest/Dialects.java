package dev.heliograph.loadtest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// The kinds of servers that a [Swarm] can speak to.
public final class Dialects {

    private static final byte[] NOTHING = new byte[0];

    private Dialects() {}

    /// The client protocol of this relay, in JSON.
    ///
    /// @param tokens      of the client with a number; an empty one is not sent
    /// @param recoverable whether subscriptions ask to be recoverable
    public static Dialect clientProtocol(IntFunction<String> tokens, boolean recoverable) {
        return new ClientProtocol(tokens, recoverable, false);
    }

    /// The client protocol of this relay, in JSON.
    ///
    /// @param tokens      of the client with a number; an empty one is not sent
    /// @param recoverable whether subscriptions ask to be recoverable
    /// @param joinLeave   whether subscriptions ask for notices of who joins and leaves
    public static Dialect clientProtocol(IntFunction<String> tokens, boolean recoverable, boolean joinLeave) {
        return new ClientProtocol(tokens, recoverable, joinLeave);
    }

    /// The protocol of NATS over WebSocket. A frame has whole messages in it, as that server writes them to clients
    /// that are no browsers.
    public static Dialect nats() {
        return new Nats();
    }

    /// A server that knows `sub CHANNEL`, answered by `ok`, and `pub CHANNEL PAYLOAD`, and sends bare payloads: the
    /// least that a relay can do.
    public static Dialect plain() {
        return new Plain();
    }

    private static int count(byte[] bytes, int from, int length, String part) {
        String text = new String(bytes, from, length, ISO_8859_1);
        int count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            count++;
        }
        return count;
    }

    private static byte[] concat(String before, byte[] payload, String after) {
        byte[] head = before.getBytes(UTF_8);
        byte[] tail = after.getBytes(UTF_8);
        byte[] all = new byte[head.length + payload.length + tail.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(payload, 0, all, head.length, payload.length);
        System.arraycopy(tail, 0, all, head.length + payload.length, tail.length);
        return all;
    }

    private record ClientProtocol(IntFunction<String> tokens, boolean recoverable, boolean joinLeave)
            implements Dialect {

        private static final String EPOCH = "\"epoch\":\"";
        private static final byte[] PONG = ClientFrame.text("{}".getBytes(UTF_8));

        @Override
        public List<Step> entry(int number, List<String> channels) {
            return entry(number, channels, _ -> "");
        }

        @Override
        public List<Step> reentry(int number, List<String> channels, List<String> epochs, long[] offsets) {
            return entry(
                    number,
                    channels,
                    i -> ",\"recover\":true,\"epoch\":\"%s\",\"offset\":%d".formatted(epochs.get(i), offsets[i]));
        }

        private List<Step> entry(int number, List<String> channels, IntFunction<String> position) {
            String token = tokens.apply(number);
            String wishes = (recoverable ? ",\"recoverable\":true,\"positioned\":true" : "")
                    + (joinLeave ? ",\"join_leave\":true" : "");
            List<Step> steps = new ArrayList<>();
            steps.add(step(
                    "{\"id\":1,\"connect\":{" + (token.isEmpty() ? "" : "\"token\":\"" + token + "\"") + "}}",
                    "\"connect\""));
            for (int i = 0; i < channels.size(); i++) {
                steps.add(step(
                        "{\"id\":%d,\"subscribe\":{\"channel\":\"%s\"%s%s}}"
                                .formatted(2 + i, channels.get(i), wishes, position.apply(i)),
                        "\"subscribe\""));
            }
            return steps;
        }

        @Override
        public String epoch(String answer) {
            int at = answer.indexOf(EPOCH);
            return at < 0 ? "" : answer.substring(at + EPOCH.length(), answer.indexOf('"', at + EPOCH.length()));
        }

        @Override
        public int notices(byte[] bytes, int from, int length) {
            return joinLeave ? count(bytes, from, length, "\"join\":") + count(bytes, from, length, "\"leave\":") : 0;
        }

        private static Step step(String text, String answer) {
            return new Step(ClientFrame.text(text.getBytes(UTF_8)), answer);
        }

        /// An empty object is a ping (protocol, section on pings).
        @Override
        public boolean refuses(byte[] bytes, int from, int length) {
            return count(bytes, from, length, "\"error\"") > 0;
        }

        @Override
        public byte @Nullable [] answer(byte[] bytes, int from, int length) {
            return Stamp.hasEmptyLine(bytes, from, length) ? PONG : null;
        }

        @Override
        public byte[] publish(long id, String channel, byte[] payload) {
            return ClientFrame.text(
                    concat("{\"id\":" + id + ",\"publish\":{\"channel\":\"" + channel + "\",\"data\":", payload, "}}"));
        }
    }

    private record Nats() implements Dialect {

        private static final byte[] PONG = frame("PONG\r\n");

        private static byte[] frame(String text) {
            return ClientFrame.binary(text.getBytes(UTF_8));
        }

        @Override
        public List<Step> entry(int number, List<String> channels) {
            StringBuilder all = new StringBuilder("CONNECT {\"verbose\":false,\"pedantic\":false,\"echo\":false}\r\n");
            for (int i = 0; i < channels.size(); i++) {
                all.append("SUB ")
                        .append(channels.get(i))
                        .append(' ')
                        .append(i + 1)
                        .append("\r\n");
            }
            return List.of(new Step(NOTHING, "INFO"), new Step(frame(all + "PING\r\n"), "PONG"));
        }

        @Override
        public boolean refuses(byte[] bytes, int from, int length) {
            return count(bytes, from, length, "-ERR") > 0;
        }

        @Override
        public byte @Nullable [] answer(byte[] bytes, int from, int length) {
            return length >= 4 && bytes[from] == 'P' && bytes[from + 1] == 'I' ? PONG : null;
        }

        @Override
        public byte[] publish(long id, String channel, byte[] payload) {
            return ClientFrame.binary(concat("PUB " + channel + " " + payload.length + "\r\n", payload, "\r\n"));
        }
    }

    private record Plain() implements Dialect {

        @Override
        public List<Step> entry(int number, List<String> channels) {
            return channels.stream()
                    .map(each -> new Step(ClientFrame.text(("sub " + each).getBytes(UTF_8)), "ok"))
                    .toList();
        }

        @Override
        public boolean refuses(byte[] bytes, int from, int length) {
            return false;
        }

        @Override
        public byte @Nullable [] answer(byte[] bytes, int from, int length) {
            return null;
        }

        @Override
        public byte[] publish(long id, String channel, byte[] payload) {
            return ClientFrame.text(concat("pub " + channel + " ", payload, ""));
        }
    }
}
