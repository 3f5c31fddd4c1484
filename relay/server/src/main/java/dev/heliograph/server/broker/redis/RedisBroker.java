package dev.heliograph.server.broker.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heliograph.protocol.ClientInfo;
import dev.heliograph.protocol.Publication;
import dev.heliograph.protocol.Stored;
import dev.heliograph.protocol.StreamPosition;
import dev.heliograph.server.broker.Broker;
import dev.heliograph.server.broker.BrokerException;
import dev.heliograph.server.broker.HistoryPage;
import dev.heliograph.server.broker.HistoryQuery;
import dev.heliograph.server.broker.PresenceCount;
import dev.heliograph.server.broker.PublishOptions;
import dev.heliograph.server.broker.PublishResult;
import dev.heliograph.server.config.RedisConfig;
import dev.heliograph.server.observe.Buckets;
import dev.heliograph.server.observe.Histogram;
import dev.heliograph.server.observe.Instruments;
import dev.heliograph.server.redis.Partitions;
import dev.heliograph.server.redis.Preparation;
import dev.heliograph.server.redis.PubSub;
import dev.heliograph.server.redis.RedisAccess;
import dev.heliograph.server.redis.RedisException;
import dev.heliograph.server.redis.Script;
import dev.heliograph.server.redis.Subscriber;
import dev.heliograph.server.redis.Subscriptions;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;

/// Streams, presence and delivery in Redis, shared by all relays that use the same one.
///
/// A publication is stored, numbered and delivered by one script, so that its place in the history and the order in
/// which nodes hear it are the same. Pub/sub may lose messages: offsets and the position check make that visible.
public final class RedisBroker implements Broker {

    private static final System.Logger LOG = System.getLogger(RedisBroker.class.getName());

    private final Keys keys;
    private final RedisAccess access;
    private final int waitReplicas;
    private final Set<String> heard = ConcurrentHashMap.newKeySet();
    /// A permit for each time that messages may have been lost.
    private final Semaphore suspicion = new Semaphore(0);

    private final PositionCheck positions;
    private final Availability availability;
    private final AtomicReference<@Nullable Listener> listener = new AtomicReference<>();
    private final Histogram transits;
    private volatile boolean closed;

    /// Connects in the background; until then calls fail.
    public RedisBroker(RedisConfig config) {
        this(config, Instruments.off());
    }

    /// Likewise, and tells what it does.
    public RedisBroker(RedisConfig config, Instruments instruments) {
        this.transits = instruments.histogram(
                "heliograph_broker_transit_seconds",
                "From a call that published, on any node, until this node heard of it from Redis; as far as the clocks of"
                        + " the nodes agree.",
                Buckets.WAITING);
        LongAdder interruptions = instruments.counter(
                "heliograph_broker_interruptions",
                "Times that subscriptions at Redis had to be made anew, so that messages may have been lost.");
        LongAdder dropped = instruments.counter(
                "heliograph_broker_dropped_messages",
                "Messages from Redis that were dropped because the event loops were too far behind.");
        this.keys = new Keys(config.prefix());
        this.waitReplicas = config.waitReplicas();
        this.access = new RedisAccess(
                config,
                "heliograph",
                preparation(keys),
                new Subscriber.Listener() {
                    @Override
                    public void onMessage(byte[] name, byte[] message) {
                        Listener ear = listener.get();
                        if (ear != null) {
                            tell(ear, keys.channel(name), message, dropped);
                        }
                    }

                    @Override
                    public void onResubscribed() {
                        interruptions.increment();
                        suspicion.release();
                    }
                },
                instruments);
        this.availability = new Availability(keys, access);
        this.positions = new PositionCheck(heard, keys, access, suspicion, (channel, position) -> {
            Listener ear = listener.get();
            if (ear != null) {
                ear.onPosition(channel, position);
            }
        });
    }

    /// While this waits, messages pile up in Redis, which cuts off who is too far behind.
    private void tell(Listener ear, String channel, byte[] message, LongAdder dropped) {
        try {
            ear.awaitCapacity(channel);
        } catch (BrokerException e) {
            dropped.increment();
            LOG.log(Level.WARNING, () -> "a message of " + channel + " is dropped: " + e.getMessage());
            return;
        }
        Message.tell(ear, channel, message, transits::record);
    }

    private static Preparation preparation(Keys keys) {
        return new Preparation() {
            @Override
            public void connected(Connection redis) {
                Script.load(redis, Scripts.ALL);
                Tenures.begin(redis, keys);
            }

            @Override
            public CommandArguments moved(int partition) {
                return Tenures.begin(partition, keys);
            }
        };
    }

    @Override
    public void start(Listener newListener) {
        requireOpen();
        if (!listener.compareAndSet(null, newListener)) {
            throw new IllegalStateException("started already");
        }
    }

    @Override
    public void subscribe(String channel) {
        requireOpen();
        heard.add(channel);
        try {
            subscriber(channel).subscribe(keys.messages(channel));
        } catch (RedisException e) {
            heard.remove(channel);
            throw new BrokerException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void unsubscribe(String channel) {
        requireOpen();
        heard.remove(channel);
        subscriber(channel).unsubscribe(keys.messages(channel));
    }

    @Override
    public PublishResult publish(String channel, Publication publication, PublishOptions options) {
        long time = System.currentTimeMillis();
        byte[] data = Stored.write(publication.at(0));
        if (options.keepsHistory()) {
            return store(channel, data, options, time);
        }
        byte[] message = Message.passing(data, time);
        boolean suppressed = false;
        if (options.idempotencyKey().isEmpty()) {
            deliver(channel, message);
        } else {
            byte[][] key = {keys.result(channel, options.idempotencyKey())};
            Object reply = call(
                    channel,
                    pubSub -> Scripts.PUBLISH_ONCE.call(
                            key, message, keys.messages(channel), millis(options.idempotencyTtl()), pubSub.publish()),
                    0);
            suppressed = Long.valueOf(1).equals(reply);
        }
        return new PublishResult(StreamPosition.START, suppressed);
    }

    private PublishResult store(String channel, byte[] data, PublishOptions options, long time) {
        boolean idempotent = !options.idempotencyKey().isEmpty();
        List<byte[]> used =
                new ArrayList<>(List.of(keys.stream(channel), keys.meta(channel), keys.tenure(Partitions.of(channel))));
        if (idempotent) {
            // While a slot of a cluster is on its way, commands with a key that does not exist have to wait.
            used.add(keys.result(channel, options.idempotencyKey()));
        }
        byte[][] names = used.toArray(new byte[0][]);
        String epoch = newEpoch();
        List<?> reply = list(call(
                channel,
                pubSub -> Scripts.PUBLISH.call(
                        names,
                        data,
                        keys.messages(channel),
                        options.historySize(),
                        millis(options.historyTtl()),
                        millis(options.metaTtl()),
                        epoch,
                        idempotent ? millis(options.idempotencyTtl()) : 0,
                        options.version() == 0 ? "" : "%020d".formatted(options.version()),
                        options.versionEpoch(),
                        pubSub.publish(),
                        time),
                waitReplicas));
        return new PublishResult(position(reply), Long.valueOf(1).equals(reply.get(2)));
    }

    @Override
    public void publishJoin(String channel, ClientInfo info) {
        deliver(channel, Message.join(info));
    }

    @Override
    public void publishLeave(String channel, ClientInfo info) {
        deliver(channel, Message.leave(info));
    }

    private void deliver(String channel, byte[] message) {
        call(
                channel,
                pubSub -> new CommandArguments(pubSub.publish())
                        .add(keys.messages(channel))
                        .add(message),
                0);
    }

    @Override
    public HistoryPage history(String channel, HistoryQuery query, Duration metaTtl) {
        byte[][] names = {keys.stream(channel), keys.meta(channel), keys.tenure(Partitions.of(channel))};
        // Offsets are unsigned, and no stream gets beyond what a signed one can say.
        boolean beyond = query.after() < 0 || query.after() == Long.MAX_VALUE;
        int limit = beyond && !query.reverse() ? 0 : query.limit();
        String start =
                query.reverse() && (query.after() == 0 || beyond) ? "+" : "(" + (beyond ? 0 : query.after()) + "-0";
        List<?> reply = list(call(
                channel,
                Scripts.HISTORY.call(names, limit, start, query.reverse() ? 1 : 0, millis(metaTtl), newEpoch())));
        List<Publication> publications = new ArrayList<>();
        for (Object each : list(reply.get(2))) {
            publications.add(entry(list(each)));
        }
        return new HistoryPage(publications, position(reply), earlier(text(reply.get(3))));
    }

    private static Publication entry(List<?> entry) {
        String id = text(entry.get(0));
        byte[] data = bytes(list(entry.get(1)).get(1));
        return Stored.publication(data, 0, data.length).at(Long.parseLong(id.substring(0, id.indexOf('-'))));
    }

    @Override
    public void removeHistory(String channel) {
        call(channel, new CommandArguments(Command.DEL).key(keys.stream(channel)));
    }

    @Override
    public void addPresence(String channel, ClientInfo info, Duration ttl) {
        call(
                channel,
                Scripts.PRESENCE.call(
                        keys.presence(channel), "add", info.client(), info.user(), Stored.write(info), millis(ttl)));
    }

    @Override
    public void removePresence(String channel, String client) {
        call(channel, Scripts.PRESENCE.call(keys.presence(channel), "remove", client));
    }

    @Override
    public Map<String, ClientInfo> presence(String channel) {
        List<?> reply = list(call(channel, Scripts.PRESENCE.call(keys.presence(channel), "members")));
        Map<String, ClientInfo> members = new HashMap<>();
        for (int i = 0; i < reply.size(); i += 2) {
            byte[] info = bytes(reply.get(i + 1));
            members.put(text(reply.get(i)), Stored.clientInfo(info, 0, info.length));
        }
        return members;
    }

    @Override
    public PresenceCount presenceStats(String channel) {
        List<?> reply = list(call(channel, Scripts.PRESENCE.call(keys.presence(channel), "count")));
        return new PresenceCount(((Long) reply.get(0)).intValue(), ((Long) reply.get(1)).intValue());
    }

    @Override
    public double availability() {
        return availability.share();
    }

    private @Nullable Object call(String channel, CommandArguments command) {
        return call(channel, _ -> command, 0);
    }

    /// @param command  made for the pub/sub that the partition's Redis knows
    /// @param replicas how many must have what the command wrote
    private @Nullable Object call(String channel, Function<PubSub, CommandArguments> command, int replicas) {
        requireOpen();
        try {
            return access.commands(Partitions.of(channel)).call(command, replicas);
        } catch (RedisException e) {
            throw new BrokerException(String.valueOf(e.getMessage()), e);
        }
    }

    private Subscriptions subscriber(String channel) {
        return access.subscriber(Partitions.of(channel));
    }

    private void requireOpen() {
        if (closed) {
            throw new BrokerException("the broker is closed");
        }
    }

    private static StreamPosition position(List<?> reply) {
        return new StreamPosition(Long.parseLong(text(reply.get(1))), text(reply.get(0)));
    }

    /// Reads what history.lua tells of earlier epochs: `epoch:offset;`, the latest first.
    private static Map<String, Long> earlier(String text) {
        Map<String, Long> earlier = new LinkedHashMap<>();
        long shared = Long.MAX_VALUE;
        for (String each : text.split(";")) {
            int colon = each.indexOf(':');
            if (colon > 0) {
                // A later one may have ended before this one did.
                shared = Math.min(shared, Long.parseLong(each.substring(colon + 1)));
                earlier.put(each.substring(0, colon), shared);
            }
        }
        return earlier;
    }

    private static long millis(Duration duration) {
        return Math.max(1, duration.toMillis());
    }

    /// Without a colon, which ends it in messages. Made for each publication and seldom needed, so it must be cheap.
    private static String newEpoch() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    }

    private static List<?> list(@Nullable Object reply) {
        if (reply instanceof List<?> list) {
            return list;
        }
        throw new BrokerException("redis replied with something else than a list");
    }

    private static byte[] bytes(@Nullable Object reply) {
        if (reply instanceof byte[] bytes) {
            return bytes;
        }
        throw new BrokerException("redis replied with something else than bytes");
    }

    private static String text(@Nullable Object reply) {
        return new String(bytes(reply), UTF_8);
    }

    @Override
    public void close() {
        closed = true;
        availability.close();
        positions.close();
        access.close();
    }
}
