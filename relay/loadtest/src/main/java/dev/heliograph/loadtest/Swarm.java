package dev.heliograph.loadtest;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Many clients of one server on a few event loops, cheap enough to leave the machine to the server: they enter, hear
/// their channels and keep an exact account of every publication, which connections of this swarm publish as well. A
/// client that is gone comes back and recovers only if that is asked for with [#comeBack]; [LoadTest] has those that
/// do as the SDKs do, from relay to relay.
///
/// One thread calls it, but for [#sample], [#account], [#stop], [#dropAll], [#churn], [#readSlow] and the
/// counts, which any thread may call. Nothing of it outlives [#close].
public final class Swarm implements AutoCloseable {

    /// With many ports of one address in use the system takes long to find a free one.
    private static final int PER_SOURCE = 250;

    private static final AtomicInteger SWARMS = new AtomicInteger(100);

    private final int swarm = SWARMS.incrementAndGet();
    private final Endpoint endpoint;
    private final List<Endpoint> endpoints;
    private final Dialect dialect;
    private final List<Topic> topics;
    private final List<Crew> crews;
    private final Publishers publishers;
    private final AtomicInteger gone = new AtomicInteger();
    private volatile boolean comingBack;
    private volatile boolean stopped;
    private volatile int members;
    private long sampledPublished;
    private long sampledNotices;

    /// @param channels that clients can hear, by their index
    /// @param loops    threads; one is cheapest, and serves some hundred thousand deliveries a second
    /// @throws IllegalArgumentException with a reason, if it is no URL of a WebSocket or its host is not known
    public Swarm(URI url, Dialect dialect, List<String> channels, int loops) {
        this(List.of(url), dialect, channels, loops);
    }

    /// Many clients of the servers of one cluster in turn, as [#Swarm(URI,Dialect,List,int)].
    public Swarm(List<URI> urls, Dialect dialect, List<String> channels, int loops) {
        this.endpoints = urls.stream()
                .map(url -> Endpoint.of(url, dialect.subprotocol()))
                .toList();
        this.endpoint = endpoints.getFirst();
        this.dialect = dialect;
        this.topics = IntStream.range(0, channels.size())
                .mapToObj(i -> new Topic(i, channels.get(i)))
                .toList();
        this.crews = IntStream.range(0, loops).mapToObj(_ -> new Crew(this)).toList();
        this.publishers = new Publishers(crews.getFirst(), dialect, topics, this::delivered, () -> ends().toString());
    }

    int loops() {
        return crews.size();
    }

    Dialect dialect() {
        return dialect;
    }

    Publishers publishers() {
        return publishers;
    }

    boolean isStopped() {
        return stopped;
    }

    boolean isComingBack() {
        return comingBack;
    }

    /// A client's connection ended, and it does not come back.
    void disconnected() {
        gone.incrementAndGet();
    }

    /// Where the client with a number connects to.
    Endpoint to(int number) {
        return endpoints.get(number % endpoints.size());
    }

    /// Where the client with a number comes from; null for what the system chooses.
    @Nullable
    SocketAddress source(int number) {
        InetAddress to = endpoint.address().getAddress();
        return to.isLoopbackAddress()
                ? new InetSocketAddress(
                        "127.%d.%d.%d".formatted(1 + swarm / 250 % 250, swarm % 250, 2 + number / PER_SOURCE), 0)
                : null;
    }

    /// Has clients come in, as fast as the server takes them, and waits until all hear their channels.
    ///
    /// @param channels the indices of the channels of the client with a number, which goes on from those before
    /// @return the seconds that it took
    /// @throws LoadException if they have not all come in time
    public double enter(int count, IntFunction<int[]> channels, Duration patience) {
        return enter(count, channels, Entry.AT_ONCE, patience, false);
    }

    /// How clients come in.
    ///
    /// @param perSecond 0 for as fast as the server takes them
    /// @param slow      whether they count apart, since they are to be slow with [#read]
    public record Entry(double perSecond, boolean slow) {

        public static final Entry AT_ONCE = new Entry(0, false);
    }

    /// Has clients come in and waits until all hear their channels or [#stop] was called.
    ///
    /// @param channels the indices of the channels of the client with a number, which goes on from those before
    /// @return the seconds that it took
    /// @throws LoadException if they have not all come in time
    public double enter(int count, IntFunction<int[]> channels, Entry how, Duration patience) {
        return enter(count, channels, how, patience, true);
    }

    /// @param planned whether the latency of an entry counts from when it was to begin, not from its first packet
    private double enter(int count, IntFunction<int[]> channels, Entry how, Duration patience, boolean planned) {
        int before = members;
        long began = System.nanoTime();
        for (int i = 0; i < crews.size(); i++) {
            int first = i;
            Crew crew = crews.get(i);
            crew.ask(() -> {
                List<Member> coming = new ArrayList<>();
                for (int number = before + first; number < before + count; number += crews.size()) {
                    List<Topic> heard = IntStream.of(channels.apply(number))
                            .mapToObj(topics::get)
                            .toList();
                    Member member = new Member(crew, dialect, how.slow() ? crew.slow : crew.tally, heard);
                    if (how.perSecond() == 0) {
                        crew.enter(member, number, planned ? began : Long.MAX_VALUE);
                    } else {
                        coming.add(member);
                    }
                }
                crew.ramp(
                        coming,
                        before + first,
                        how.perSecond() == 0 ? 0 : 1e9 * crews.size() / how.perSecond(),
                        began + (how.perSecond() == 0 ? 0 : (long) (1e9 * first / how.perSecond())));
                crew.openMore();
                return null;
            });
        }
        members += count;
        long deadline = began + patience.toNanos();
        while (live() < members && !stopped) {
            crews.forEach(each -> each.reactor.check());
            if (gone.get() > 0 || System.nanoTime() - deadline > 0) {
                throw new LoadException("%d of %d clients came in; %s".formatted(live() - before, count, ends()));
            }
            pause();
        }
        return (System.nanoTime() - began) / 1e9;
    }

    /// How many clients hear their channels now.
    public int live() {
        return (int) crews.stream()
                .mapToLong(each -> each.tally.live.get() + each.slow.live.get())
                .sum();
    }

    /// From now on clients whose connection ends come back and recover; a [#dropAll] without it is for good.
    public void comeBack() {
        comingBack = true;
    }

    /// Breaks all connections of clients at once, as if their host had failed.
    public void dropAll() {
        forCrews(crew -> {
            List.copyOf(crew.members).forEach(Member::drop);
            return true;
        });
    }

    /// Has clients go and others come instead, those that are here longest first, until this is called with 0.
    ///
    /// @param perSecond of each kind
    /// @param share     of the clients that take turns, from 0 to 1; the others stay
    public void churn(double perSecond, double share) {
        forCrews(crew -> {
            crew.startChurn(perSecond / crews.size(), share);
            return true;
        });
    }

    /// Ends what goes on, in order: nobody comes in any more, and nothing more is published.
    public void stop() {
        stopped = true;
        publishers.stop();
    }

    /// What happened since this was last called.
    public Sample sample() {
        Histogram latency = new Histogram(Tally.LONGEST, 3);
        Histogram entries = new Histogram(Tally.LONGEST, 3);
        long gaps = 0;
        long notices = 0;
        for (Crew crew : crews) {
            gaps += crew.ask(() -> {
                latency.add(crew.tally.latency.take());
                entries.add(crew.tally.entry.take());
                return crew.members.stream()
                        .filter(each -> each.tally() == crew.tally)
                        .mapToLong(Member::gaps)
                        .sum();
            });
            notices += crew.ask(() -> crew.tally.notices);
        }
        long published = topics.stream().mapToLong(Topic::published).sum();
        Sample sample = new Sample(
                live(),
                published - sampledPublished,
                latency.getTotalCount(),
                notices - sampledNotices,
                gaps,
                latency,
                entries);
        sampledPublished = published;
        sampledNotices = notices;
        return sample;
    }

    /// The account of the clients that are not slow.
    public Account account() {
        return account(crew -> crew.tally);
    }

    /// The account of those that are slow on purpose.
    public Account slowAccount() {
        return account(crew -> crew.slow);
    }

    private Account account(Function<Crew, Tally> which) {
        long[] sums = new long[7];
        Map<String, Long> ends = new TreeMap<>();
        forCrews(crew -> {
            Tally tally = which.apply(crew);
            // A client that is away lacks what it would have by now.
            sums[0] += tally.lost
                    + crew.members.stream()
                            .filter(each -> each.tally() == tally && (each.isLive() || comingBack))
                            .mapToLong(Member::lacks)
                            .sum();
            sums[1] += tally.duplicated;
            sums[2] += tally.reordered;
            sums[3] += tally.delivered.get();
            sums[4] += tally.disconnected;
            sums[5] += tally.returned;
            sums[6] += tally.notices;
            tally.ends.forEach((k, v) -> ends.merge(k, v, Long::sum));
            return true;
        });
        return new Account(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], sums[6], ends);
    }

    /// Publishes at an even rate to all channels in turn until the time is over or [#stop], while clients come and go;
    /// does not wait for the last deliveries.
    ///
    /// @return how many
    /// @throws LoadException if the server refuses one
    public long publish(double perSecond, int size, Duration time) {
        openOneIfNone();
        return publishers.publish(perSecond, size, time).published();
    }

    /// How connections ended that the swarm did not end itself, and how often.
    public Map<String, Long> ends() {
        Map<String, Long> all = new TreeMap<>();
        forCrews(crew -> new TreeMap<>(crew.tally.ends))
                .forEach(each -> each.forEach((k, v) -> all.merge(k, v, Long::sum)));
        return all;
    }

    /// In microseconds, from when a publication was due to each delivery, to clients that are not slow.
    public Histogram latency() {
        return merged(tally -> tally.latency);
    }

    /// In microseconds, from the first packet of each client, or where its entry was planned with [Entry] from when
    /// it was due, to the answer to its last subscription.
    public Histogram entryLatency() {
        return merged(tally -> tally.entry);
    }

    /// Opens connections that publish, to the server of the clients.
    ///
    /// @throws LoadException if they do not come in
    public void openSenders(int count) {
        publishers.open(count, endpoint);
    }

    /// Opens connections that publish.
    ///
    /// @param url of a server of the same cluster
    /// @throws LoadException if they do not come in
    public void openSenders(int count, URI url) {
        publishers.open(count, Endpoint.of(url, dialect.subprotocol()));
    }

    /// Publishes so that there are always as many publications on their way to their subscribers.
    ///
    /// @param size of a payload in bytes
    /// @throws LoadException if the server refuses one
    public Burst saturate(int inFlight, int size, Duration time) {
        return burst(() -> publishers.saturate(inFlight, size, time));
    }

    /// Publishes at an even rate to all channels in turn.
    ///
    /// @param size of a payload in bytes
    /// @throws LoadException if the server refuses one
    public Burst pace(double perSecond, int size, Duration time) {
        return burst(() -> publishers.pace(perSecond, size, time));
    }

    private void openOneIfNone() {
        if (publishers.isEmpty()) {
            openSenders(1);
        }
    }

    private Burst burst(Supplier<Publishing.Done> load) {
        openOneIfNone();
        forCrews(crew -> {
            crew.tally.latency.reset();
            crew.tally.duplicated = 0;
            crew.tally.reordered = 0;
            return true;
        });
        long before = delivered();
        Publishing.Done done = load.get();
        return new Burst(
                done.published(),
                delivered() - before,
                done.expected(),
                done.seconds(),
                forCrews(crew -> crew.tally.duplicated).stream()
                        .mapToLong(Long::longValue)
                        .sum(),
                forCrews(crew -> crew.tally.reordered).stream()
                        .mapToLong(Long::longValue)
                        .sum(),
                merged(tally -> tally.latency));
    }

    /// Asked for with each delivery while publishers saturate.
    private long delivered() {
        long sum = 0;
        for (Crew crew : crews) {
            sum += crew.tally.delivered.get() + crew.slow.delivered.get();
        }
        return sum;
    }

    /// How many publications members lack of those since they came.
    public long lacking() {
        return forCrews(crew -> crew.members.stream()
                        .filter(Member::isLive)
                        .mapToLong(Member::lacks)
                        .sum())
                .stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /// Has the last of the members read nothing more, or go on.
    ///
    /// @param count on each loop
    public void read(int count, boolean on) {
        forCrews(crew -> {
            crew.members
                    .subList(Math.max(0, crew.members.size() - count), crew.members.size())
                    .forEach(each -> each.read(on));
            return true;
        });
    }

    /// Has all that are slow read nothing more, or go on.
    public void readSlow(boolean on) {
        forCrews(crew -> {
            crew.members.stream().filter(each -> each.tally() == crew.slow).forEach(each -> each.read(on));
            return true;
        });
    }

    private Histogram merged(Function<Tally, Meter> which) {
        Histogram all = new Histogram(Tally.LONGEST, 3);
        forCrews(crew -> which.apply(crew.tally).whole()).forEach(all::add);
        return all;
    }

    private <T> List<T> forCrews(Function<Crew, T> question) {
        return crews.stream().map(crew -> crew.ask(() -> question.apply(crew))).toList();
    }

    private static void pause() {
        try {
            Thread.sleep(2);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadException("interrupted", e);
        }
    }

    /// Closes all connections.
    @Override
    public void close() {
        crews.forEach(each -> each.reactor.close());
    }
}
