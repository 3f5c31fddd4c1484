package dev.heliograph.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Makes messages at random, the same ones for the same seed. Each field is as often absent as it is set, and numbers
/// are often at the ends of their ranges.
final class Messages {

    private static final List<String> STRINGS = List.of(
            "a",
            "chat:1",
            "with \"quotes\" and \\",
            "line\nfeed\ttab\u0000nul",
            "žluťoučký",
            "日本",
            "😀",
            "\u2028",
            "\u007f",
            "/");
    private static final List<String> PAYLOADS = List.of(
            "{}",
            "[]",
            "0",
            "null",
            "\"\"",
            "true",
            "{\"t\":\"hi\"}",
            "[1e400,-0,123456789012345678901234567890]",
            "\"\\ud83d\\ude00\\/\"",
            "{ \"a\" : [ 1 , 2 ] }",
            "\"é\"");
    private static final long[] LONGS = {1, 127, 128, 255, 1L << 31, 1L << 53, Long.MAX_VALUE, Long.MIN_VALUE, -1};
    private static final int[] INTS = {1, 127, 128, 255, 65_536, Integer.MAX_VALUE, Integer.MIN_VALUE, -1};

    private final RandomGenerator random;

    Messages(long seed) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    Command command() {
        Request request = request();
        boolean silent = request instanceof Request.Pong || (request instanceof Request.Send && random.nextBoolean());
        return new Command(silent ? 0 : 1 + random.nextLong(Command.MAX_ID), request);
    }

    private Request request() {
        return switch (random.nextInt(13)) {
            case 0 ->
                new Request.Connect(
                        string(), payload(), map(this::position), string(), string(), map(this::string), number());
            case 1 -> subscribe();
            case 2 -> new Request.Unsubscribe(name());
            case 3 -> new Request.Publish(name(), payload(), integer(), string(), random.nextBoolean());
            case 4 -> new Request.Presence(name());
            case 5 -> new Request.PresenceStats(name());
            case 6 ->
                new Request.History(
                        name(),
                        integer(),
                        optional(() -> new StreamPosition(number(), string())),
                        random.nextBoolean());
            case 7 -> new Request.Ping();
            case 8 -> new Request.Send(payload());
            case 9 -> new Request.Rpc(string(), payload());
            case 10 -> new Request.Refresh(string());
            case 11 -> new Request.SubRefresh(name(), string(), integer());
            default -> new Request.Pong();
        };
    }

    private Request.Subscribe subscribe() {
        return new Request.Subscribe(
                name(),
                string(),
                random.nextBoolean(),
                string(),
                number(),
                payload(),
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean(),
                string(),
                optional(() -> filter(3)),
                number(),
                integer());
    }

    /// As it is in a connect request: nothing but a position, and the channel from its key.
    private Request.Subscribe position(String channel) {
        return Request.Subscribe.to(channel).recovering(random.nextBoolean(), string(), number());
    }

    private Request.FilterNode filter(int depth) {
        return new Request.FilterNode(
                string(),
                string(),
                string(),
                string(),
                list(this::string),
                depth == 0 ? List.of() : list(() -> filter(depth - 1)));
    }

    Reply reply() {
        return switch (random.nextInt(8)) {
            case 0 -> new Reply.Ping();
            case 1 -> new Reply.Failed(id(), new ReplyError(integer(), string(), random.nextBoolean()));
            case 2, 3, 4 -> new Reply.Pushed(push());
            default -> new Reply.Ok(id(), result());
        };
    }

    private long id() {
        return 1 + random.nextLong(Command.MAX_ID);
    }

    private Result result() {
        return switch (random.nextInt(11)) {
            case 0 -> connected();
            case 1 -> new Result.Refresh(string(), string(), random.nextBoolean(), integer());
            case 2 -> subscribed();
            case 3 -> new Result.Unsubscribe();
            case 4 -> new Result.Publish();
            case 5 -> new Result.Presence(map(this::info));
            case 6 -> new Result.PresenceStats(integer(), integer());
            case 7 -> new Result.History(list(this::publication), new StreamPosition(number(), string()));
            case 8 -> new Result.Ping();
            case 9 -> new Result.Rpc(payload());
            default -> new Result.SubRefresh(random.nextBoolean(), integer());
        };
    }

    private Push push() {
        return switch (random.nextInt(11)) {
            case 0 -> new Push.Join(string(), info());
            case 1 -> new Push.Leave(string(), info());
            case 2 -> new Push.Unsubscribe(string(), integer(), string());
            case 3 ->
                new Push.Subscribe(
                        string(),
                        random.nextBoolean(),
                        new StreamPosition(number(), string()),
                        random.nextBoolean(),
                        payload());
            case 4 -> new Push.Message(payload());
            case 5 -> new Push.Connect(connected());
            case 6 -> new Push.Disconnected(integer(), string(), random.nextBoolean());
            case 7 -> new Push.Refresh(random.nextBoolean(), integer());
            default -> new Push.Pub(string(), publication());
        };
    }

    private Result.Connect connected() {
        return new Result.Connect(
                string(),
                string(),
                random.nextBoolean(),
                integer(),
                payload(),
                map(_ -> subscribed()),
                integer(),
                random.nextBoolean(),
                string(),
                string(),
                number());
    }

    private Result.Subscribe subscribed() {
        return new Result.Subscribe(
                random.nextBoolean(),
                integer(),
                random.nextBoolean(),
                string(),
                list(this::publication),
                random.nextBoolean(),
                number(),
                random.nextBoolean(),
                payload(),
                random.nextBoolean(),
                random.nextBoolean());
    }

    private Publication publication() {
        return new Publication(
                payload(), optional(this::info), number(), map(this::string), random.nextBoolean(), number());
    }

    private ClientInfo info() {
        return new ClientInfo(string(), string(), payload(), payload());
    }

    private String string() {
        return random.nextBoolean() ? "" : name();
    }

    private String name() {
        return STRINGS.get(random.nextInt(STRINGS.size()));
    }

    private Bytes payload() {
        return random.nextBoolean() ? Bytes.EMPTY : Bytes.utf8(PAYLOADS.get(random.nextInt(PAYLOADS.size())));
    }

    private long number() {
        return random.nextBoolean() ? 0 : LONGS[random.nextInt(LONGS.length)];
    }

    private int integer() {
        return random.nextBoolean() ? 0 : INTS[random.nextInt(INTS.length)];
    }

    private <T> Optional<T> optional(Supplier<T> value) {
        return random.nextBoolean() ? Optional.empty() : Optional.of(value.get());
    }

    private <T> List<T> list(Supplier<T> element) {
        List<T> list = new ArrayList<>();
        while (random.nextInt(3) == 0) {
            list.add(element.get());
        }
        return list;
    }

    private <T> Map<String, T> map(Supplier<T> value) {
        return map(_ -> value.get());
    }

    private <T> Map<String, T> map(Function<String, T> value) {
        Map<String, T> map = new LinkedHashMap<>();
        while (random.nextInt(3) == 0) {
            String key = string();
            map.put(key, value.apply(key));
        }
        return map;
    }
}
