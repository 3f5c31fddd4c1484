package dev.heliograph.bench;

import dev.heliograph.chaos.HistoryChecker;
import dev.heliograph.server.Relay;
import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.server.drain.DrainOrder;
import dev.heliograph.server.drain.DrainStatus;
import dev.heliograph.server.drain.DrainStatus.State;
import dev.heliograph.testkit.RedisServer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/// A whole node is drained to another one, with traffic. A third relay, in this process, takes no clients: it only
/// gives the order, as an operator does.
final class DrainBench {

    private static final int CHANNELS = 100;
    private static final int WARM_UP = 500;

    private static final String CONFIG = """
            http_server: {address: 127.0.0.1, port: 0}
            client: {insecure: true}
            http_api: {insecure: true}
            broker: {type: redis, redis: {address: ['%s']}}
            node: {name: %s}
            channel: {namespaces: [{name: log, history_size: 1000, history_ttl: 10m, force_recovery: true}]}
            """;

    private final int clients;
    private final int deadline;
    private final BiConsumer<String, double[]> figure;

    /// @param deadline in seconds
    /// @param figure   takes a figure's name and the values of the runs
    DrainBench(int clients, int deadline, BiConsumer<String, double[]> figure) {
        this.clients = clients;
        this.deadline = deadline;
        this.figure = figure;
    }

    void run() {
        List<HistoryChecker> checkers =
                Stream.generate(HistoryChecker::new).limit(CHANNELS).toList();
        AtomicInteger port = new AtomicInteger();
        try (RedisServer redis = RedisServer.start();
                RelayUnderTest from = RelayUnderTest.start(CONFIG.formatted(redis.address(), "from"));
                RelayUnderTest to = RelayUnderTest.start(CONFIG.formatted(redis.address(), "to"));
                Relay operator = Relay.start(RelayConfig.parse(CONFIG.formatted(redis.address(), "operator")));
                MovingFleet fleet = new MovingFleet(port::get, checkers)) {
            warmUp(to.port());
            port.set(from.port());
            fleet.open(clients + WARM_UP);
            require(
                    fleet.until(() -> operator.drains().status().size() == 3, 30_000),
                    "three nodes that know each other");
            // Nobody is to wait for this process, which is busy with the clients.
            operator.drains().start("operator", new DrainOrder(100, 0, 1, 0, false), false);
            try (NumberPublisher publisher = new NumberPublisher(to.port(), checkers, 1_000)) {
                port.set(to.port());
                moveFirst(operator, fleet);
                long began = System.nanoTime();
                DrainStatus order =
                        operator.drains().start("from", new DrainOrder(100, 0, 0, deadline * 1_000L, false), false);
                fleet.until(() -> settled(fleet, WARM_UP + clients), 3 * deadline * 1_000L);
                double seconds = (System.nanoTime() - began) / 1e9;
                long[] tops = publisher.end();
                boolean read = fleet.until(() -> fleet.haveRead(tops), 30_000);
                long lost = checkers.stream()
                        .mapToLong(checker -> checker.faults().size())
                        .sum();
                State state = operator.drains().status().stream()
                        .filter(each -> each.name().equals("from"))
                        .map(DrainStatus::state)
                        .findFirst()
                        .orElseThrow();
                fleet.errors().stream().limit(10).forEach(System.err::println);
                tell("connections", fleet.live() - WARM_UP);
                tell("seconds", seconds);
                tell("set_point", order.setPoint());
                tell("peak_per_second", Seconds.most(fleet.reconnects().subList(WARM_UP, fleet.moves())));
                tell("fleet_pause_s", fleet.longestPauseSeconds());
                tell(
                        "messages",
                        checkers.stream()
                                .mapToLong(HistoryChecker::acknowledged)
                                .sum());
                tell("lost", lost + (read ? 0 : 1));
                tell("client_errors", fleet.errors().size());
                tell("done", state == State.DONE ? 1 : 0);
            }
        }
    }

    /// The first handshakes of a relay are slow.
    private static void warmUp(int port) {
        List<HistoryChecker> none = List.of(new HistoryChecker());
        try (MovingFleet fleet = new MovingFleet(() -> port, none)) {
            fleet.open(WARM_UP);
        }
    }

    /// So are the first that come back and recover; nor is the load generator's own code compiled by then.
    private static void moveFirst(Relay operator, MovingFleet fleet) {
        operator.drains().start("from", new DrainOrder(0, WARM_UP, 100, 0, false), false);
        require(fleet.until(() -> settled(fleet, WARM_UP), 30_000), WARM_UP + " clients that moved first");
        fleet.forgetPauses();
    }

    /// Whether as many have moved, and all are live again.
    private static boolean settled(MovingFleet fleet, int moved) {
        int failed = fleet.errors().size();
        return fleet.moves() + failed >= moved && fleet.live() + failed >= fleet.size();
    }

    private void tell(String name, double value) {
        figure.accept("drain_" + name, new double[] {value});
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("no " + what);
        }
    }
}
