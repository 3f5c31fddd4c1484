package dev.heliograph.loadtest;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Many clients of one server on a few event loops, cheap enough to leave the machine to the server: they enter, hear
/// their channels and keep an exact account of every publication, which connections of this swarm publish as well. A
/// client that is gone does not come back; [LoadTest] has those that do.
///
/// One thread calls it. Nothing of it outlives [#close].
public final class Swarm implements AutoCloseable {

    /// Handshakes on their way on each loop at a time; the backlog of servers holds them.
    private static final int OPENING = 128;

    /// With many ports of one address in use the system takes long to find a free one.
    private static final int PER_SOURCE = 250;

    private static final AtomicInteger SWARMS = new AtomicInteger(100);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// The clients on one loop. For its thread.
    private final class Crew implements Member.Host {
        private final Reactor reactor = Reactor.start();
        private final Tally tally = new Tally();
        private final List<Member> members = new ArrayList<>();
        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private int opening;

        private void enter(Member member, int number) {
            waiting.add(() -> {
                members.add(member);
                member.enter(reactor, endpoint, source(number), number);
            });
        }

        private void openMore() {
            while (opening < OPENING && !waiting.isEmpty()) {
                opening++;
                waiting.remove().run();
            }
        }

        @Override
        public void entered(Member member) {
            opening--;
            openMore();
        }

        @Override
        public void delivered() {
            Publishing now = publishing;
            if (now != null) {
                if (this == crews.getFirst()) {
                    now.pump();
                } else {
                    crews.getFirst().reactor.execute(now::pump);
                }
            }
        }

        @Override
        public void gone(Member member) {
            gone.incrementAndGet();
        }
    }

    private final int swarm = SWARMS.incrementAndGet();
    private final Endpoint endpoint;
    private final Dialect dialect;
    private final List<Topic> topics;
    private final List<Crew> crews;
    private final List<Sender> senders = new ArrayList<>();
    private final AtomicInteger gone = new AtomicInteger();
    private volatile @Nullable Publishing publishing;
    private int members;

    /// @param channels that clients can hear, by their index
    /// @param loops    threads; one is cheapest, and serves some hundred thousand deliveries a second
    /// @throws IllegalArgumentException with a reason, if it is no URL of a WebSocket or its host is not known
    public Swarm(URI url, Dialect dialect, List<String> channels, int loops) {
        this.endpoint = Endpoint.of(url, dialect.subprotocol());
        this.dialect = dialect;
        this.topics = IntStream.range(0, channels.size())
                .mapToObj(i -> new Topic(i, channels.get(i)))
                .toList();
        this.crews = IntStream.range(0, loops).mapToObj(_ -> new Crew()).toList();
    }

    private @Nullable SocketAddress source(int number) {
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
        int before = members;
        long began = System.nanoTime();
        for (int i = 0; i < crews.size(); i++) {
            int first = i;
            Crew crew = crews.get(i);
            ask(crew, () -> {
                for (int number = before + first; number < before + count; number += crews.size()) {
                    List<Topic> heard =
                            IntStream.of(channels.apply(number)).mapToObj(topics::get).toList();
                    crew.enter(new Member(crew, dialect, crew.tally, heard), number);
                }
                crew.openMore();
                return null;
            });
        }
        members += count;
        long deadline = began + patience.toNanos();
        while (live() < members) {
            if (gone.get() > 0 || System.nanoTime() - deadline > 0) {
                throw new LoadException("%d of %d clients came in; %s".formatted(live() - before, count, ends()));
            }
            pause();
        }
        return (System.nanoTime() - began) / 1e9;
    }

    /// How many clients hear their channels now.
    public int live() {
        return (int) crews.stream().mapToLong(each -> each.tally.live.get()).sum();
    }

    /// How connections ended that the swarm did not end itself, and how often.
    public Map<String, Long> ends() {
        Map<String, Long> all = new TreeMap<>();
        forCrews(crew -> new TreeMap<>(crew.tally.ends)).forEach(each -> each.forEach((k, v) -> all.merge(k, v, Long::sum)));
        return all;
    }

    /// In microseconds, from the first packet of each client to the answer to its last subscription.
    public Histogram entryLatency() {
        return merged(tally -> tally.entry);
    }

    /// Opens connections that publish, to the server of the clients.
    ///
    /// @throws LoadException if they do not come in
    public void openSenders(int count) {
        openSenders(count, endpoint);
    }

    /// Opens connections that publish.
    ///
    /// @param url of a server of the same cluster
    /// @throws LoadException if they do not come in
    public void openSenders(int count, URI url) {
        openSenders(count, Endpoint.of(url, dialect.subprotocol()));
    }

    private void openSenders(int count, Endpoint to) {
        Crew first = crews.getFirst();
        CompletableFuture<Void> ready = new CompletableFuture<>();
        int wanted = senders.size() + count;
        ask(first, () -> {
            Runnable changed = () -> {
                senders.stream().map(Sender::failure).filter(each -> !each.isEmpty()).findFirst().ifPresent(
                        why -> ready.completeExceptionally(new LoadException(why)));
                if (senders.size() == wanted && senders.stream().allMatch(Sender::isOpen)) {
                    ready.complete(null);
                }
            };
            for (int i = 0; i < count; i++) {
                Sender sender = new Sender(dialect, 1_000_000 + senders.size(), changed);
                senders.add(sender);
                sender.enter(first.reactor, to);
            }
            return null;
        });
        await(ready, PATIENCE);
    }

    /// Publishes so that there are always as many publications on their way to their subscribers.
    ///
    /// @param size of a payload in bytes
    /// @throws LoadException if the server refuses one
    public Burst saturate(int inFlight, int size, Duration time) {
        Crew first = crews.getFirst();
        return burst(
                () -> Publishing.saturating(
                        first.reactor, senders, topics, size, this::delivered, inFlight, time.toNanos()),
                time);
    }

    /// Publishes at an even rate to all channels in turn.
    ///
    /// @param size of a payload in bytes
    /// @throws LoadException if the server refuses one
    public Burst pace(double perSecond, int size, Duration time) {
        Crew first = crews.getFirst();
        return burst(
                () -> Publishing.paced(
                        first.reactor, senders, topics, size, this::delivered, perSecond, time.toNanos()),
                time);
    }

    private Burst burst(Callable<Publishing> kind, Duration time) {
        if (senders.isEmpty()) {
            openSenders(1);
        }
        forCrews(crew -> {
            crew.tally.latency.reset();
            crew.tally.duplicated = 0;
            crew.tally.reordered = 0;
            return true;
        });
        long before = delivered();
        Publishing now = ask(crews.getFirst(), () -> {
            Publishing made = kind.call();
            publishing = made;
            made.begin();
            return made;
        });
        Publishing.Done done;
        try {
            done = await(now.result(), time.plus(PATIENCE));
        } finally {
            publishing = null;
        }
        return new Burst(
                done.published(),
                delivered() - before,
                done.expected(),
                done.seconds(),
                forCrews(crew -> crew.tally.duplicated).stream().mapToLong(Long::longValue).sum(),
                forCrews(crew -> crew.tally.reordered).stream().mapToLong(Long::longValue).sum(),
                merged(tally -> tally.latency));
    }

    private long delivered() {
        return crews.stream().mapToLong(each -> each.tally.delivered.get()).sum();
    }

    /// How many publications members lack of those since they came.
    public long lacking() {
        return forCrews(crew -> crew.members.stream().filter(Member::isLive).mapToLong(Member::lacks).sum()).stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /// Has the last of the members read nothing more, or go on.
    ///
    /// @param count on each loop
    public void read(int count, boolean on) {
        forCrews(crew -> {
            crew.members.subList(Math.max(0, crew.members.size() - count), crew.members.size())
                    .forEach(each -> each.read(on));
            return true;
        });
    }

    private Histogram merged(Function<Tally, Histogram> which) {
        Histogram all = new Histogram(Tally.LONGEST, 3);
        forCrews(crew -> which.apply(crew.tally).copy()).forEach(all::add);
        return all;
    }

    private <T> List<T> forCrews(Function<Crew, T> question) {
        return crews.stream().map(crew -> ask(crew, () -> question.apply(crew))).toList();
    }

    private static <T> T ask(Crew crew, Callable<T> question) {
        crew.reactor.check();
        return crew.reactor.ask(question);
    }

    private <T> T await(CompletableFuture<T> future, Duration patience) {
        try {
            return future.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | CompletionException e) {
            if (e.getCause() instanceof LoadException refused) {
                throw refused;
            }
            throw new LoadException(String.valueOf(e.getMessage()), e);
        } catch (TimeoutException e) {
            crews.forEach(each -> each.reactor.check());
            throw new LoadException("not within " + patience.toSeconds() + " s; connections that ended: " + ends(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadException("interrupted", e);
        }
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
