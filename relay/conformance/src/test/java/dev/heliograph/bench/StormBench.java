package dev.heliograph.bench;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A relay that is killed, all of whose clients come at once to one that admits so many a second; and a flood of
/// handshakes from one address. Others are served meanwhile, and their latencies are compared with those of quieter
/// times.
final class StormBench {

    static final int CLIENTS = 5_000;
    static final int ADMITTED = 250;

    /// Clients that are served meanwhile.
    private static final int OTHERS = 200;
    private static final int PER_SECOND = 60;

    /// In a flood: few clients and many publications, since all clients get one at about the same time.
    private static final int FEW = 50;
    private static final int OFTEN = 240;
    private static final int PAYLOAD = 128;

    private static final int PAIRS = 11;
    private static final long FLOOD_MILLIS = 4_000;
    private static final long QUIET_MILLIS = 5_000;
    private static final long SECOND = 1_000_000_000L;

    /// The admitted ones alone take 20 s; the last of those with pauses of their own come when these end.
    private static final long MOST = 120 * SECOND;

    private static final String CONFIG = """
            http_server: {address: 127.0.0.1, port: 0}
            client: {insecure: true, connection_rate_limit: %d}
            """;

    private final BiConsumer<String, double[]> figure;

    /// @param figure takes a figure's name and the values of the runs
    StormBench(BiConsumer<String, double[]> figure) {
        this.figure = figure;
    }

    /// The storm, with clients of each kind.
    void storms() {
        for (ReturningFleet.Patience patience : ReturningFleet.Patience.values()) {
            storm(patience);
        }
    }

    private void storm(ReturningFleet.Patience patience) {
        String prefix = "storm_" + patience.name().toLowerCase(Locale.ROOT) + "_";
        AtomicInteger port = new AtomicInteger();
        try (RelayUnderTest first = RelayUnderTest.start(CONFIG.formatted(0));
                RelayUnderTest second = RelayUnderTest.start(CONFIG.formatted(ADMITTED));
                Fleet others = new Fleet(second.port(), "bench", _ -> "{}");
                Publisher publisher = new Publisher(second.port(), "bench", PAYLOAD);
                ReturningFleet storm = new ReturningFleet(port::get, patience)) {
            openSlowly(others);
            port.set(first.port());
            while (storm.live() < CLIENTS) {
                for (int i = 0; i < 100 && storm.size() < CLIENTS; i++) {
                    storm.add();
                }
                storm.turn(1);
            }
            int before = storm.admissions().size();
            Traffic traffic = new Traffic(others, publisher, PER_SECOND);
            traffic.warmUp(() -> storm.turn(0));
            double quiet = traffic.p99(QUIET_MILLIS, () -> storm.turn(0));
            port.set(second.port());
            long refusedBefore = storm.refused();
            double cpu = second.cpuSeconds();
            long began = System.nanoTime();
            storm.forgetPauses();
            first.kill();
            AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
            // On a thread of its own: while it works off thousands, the others are looked at all the same.
            Thread pump = Thread.ofPlatform().name("storm").start(() -> {
                try {
                    while ((storm.live() < CLIENTS || storm.admissions().size() < before + CLIENTS)
                            && System.nanoTime() - began < MOST) {
                        storm.turn(1);
                    }
                } catch (RuntimeException e) {
                    failure.set(e);
                }
            });
            double stormy = traffic.p99While(pump::isAlive);
            double seconds = (System.nanoTime() - began) / 1e9;
            if (failure.get() != null) {
                throw new IllegalStateException("the storm broke off", failure.get());
            }
            List<Long> admissions =
                    storm.admissions().subList(before, storm.admissions().size());
            tell(prefix + "back", storm.live());
            tell(prefix + "seconds", seconds);
            tell(prefix + "most_admitted_in_a_second", Seconds.most(admissions));
            tell(prefix + "generator_pause_s", storm.longestPauseSeconds());
            tell(prefix + "seconds_to_nine_tenths", (admissions.get(CLIENTS * 9 / 10 - 1) - began) / 1e9);
            tell(prefix + "refused", storm.refused() - refusedBefore);
            tell(prefix + "unanswered", storm.unanswered());
            tell(prefix + "cpu_s", second.cpuSeconds() - cpu);
            tell(prefix + "others_p99_quiet_ms", quiet);
            tell(prefix + "others_p99_ms", stormy);
        }
    }

    /// The relay's rate holds for these, too.
    private static void openSlowly(Fleet fleet) {
        for (int size = 0; size < OTHERS; ) {
            size = Math.min(OTHERS, size + ADMITTED / 10);
            fleet.open(size);
            long next = System.nanoTime() + SECOND / 5;
            while (System.nanoTime() - next < 0) {
                fleet.turn(10);
            }
        }
    }

    /// Others while the flood is at the relay, beside others while it is at a listener elsewhere on the machine
    /// that closes what it accepts.
    void flood() {
        double[] quiet = new double[PAIRS];
        double[] flooded = new double[PAIRS];
        double[] ratio = new double[PAIRS];
        double[] rate = new double[PAIRS];
        double[] cpu = new double[PAIRS];
        try (Operator operator = new Operator();
                RelayUnderTest relay = RelayUnderTest.start(CONFIG.formatted(0) + operator.settings());
                Fleet others = new Fleet(relay.port(), "bench", _ -> "{}");
                Publisher publisher = new Publisher(relay.port(), "bench", PAYLOAD)) {
            operator.admin()
                    .put(
                            "/v1/limits/handshakes",
                            "{\"operation\":\"HANDSHAKE\",\"scope\":\"IP\",\"cidr\":\"127.66.0.0/16\",\"rate\":5,\"burst\":20,"
                                    + "\"mode\":\"ENFORCE\"}");
            others.open(FEW);
            Traffic traffic = new Traffic(others, publisher, OFTEN);
            traffic.warmUp(() -> {});
            try (Flood warm = Flood.start(relay.port())) {
                traffic.p99(FLOOD_MILLIS, () -> {});
                warm.require();
            }
            for (int i = 0; i < PAIRS; i++) {
                double before = relay.cpuSeconds();
                // What the load generator takes of this machine, it takes both times.
                try (Sink sink = Sink.start();
                        Flood elsewhere = Flood.start(sink.port())) {
                    quiet[i] = traffic.p99(FLOOD_MILLIS, () -> {});
                    elsewhere.require();
                }
                double alone = relay.cpuSeconds() - before;
                try (Flood flood = Flood.start(relay.port())) {
                    flooded[i] = traffic.p99(FLOOD_MILLIS, () -> {});
                    rate[i] = flood.require();
                }
                cpu[i] = (relay.cpuSeconds() - before - 2 * alone) / (rate[i] * FLOOD_MILLIS / 1e3) * 1e6;
                ratio[i] = flooded[i] / quiet[i];
            }
        }
        figure.accept("flood_handshakes_per_s", rate);
        figure.accept("flood_cpu_us_per_handshake", cpu);
        figure.accept("flood_others_p99_quiet_ms", quiet);
        figure.accept("flood_others_p99_ms", flooded);
        figure.accept("flood_others_p99_ratio", ratio);
    }

    private void tell(String name, double value) {
        figure.accept(name, new double[] {value});
    }

    /// Publishes at an even rate to those that are to be served well.
    private record Traffic(Fleet fleet, Publisher publisher, int perSecond) {

        void warmUp(Runnable meanwhile) {
            p99(QUIET_MILLIS, meanwhile);
        }

        /// Their latency in milliseconds, of which 1 % is above it.
        double p99(long millis, Runnable meanwhile) {
            long end = System.nanoTime() + millis * 1_000_000;
            return p99While(() -> {
                meanwhile.run();
                return System.nanoTime() - end < 0;
            });
        }

        double p99While(BooleanSupplier goesOn) {
            fleet.measure(true);
            long began = System.nanoTime();
            long published = 0;
            long start = fleet.frames();
            while (goesOn.getAsBoolean()) {
                published = publishDue(began, published);
                fleet.turn(1);
            }
            long all = published * fleet.size();
            if (!fleet.until(each -> each.frames() >= start + all, 10_000)) {
                throw new IllegalStateException("lost: %d of %d frames came".formatted(fleet.frames() - start, all));
            }
            return fleet.latencyMillis(99);
        }

        long publishDue(long began, long published) {
            long now = published;
            while (System.nanoTime() - began >= now * SECOND / perSecond) {
                publisher.publish();
                now++;
            }
            return now;
        }
    }
}
