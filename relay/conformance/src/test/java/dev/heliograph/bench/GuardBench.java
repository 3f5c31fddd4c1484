package dev.heliograph.bench;

import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.server.control.Document;
import dev.heliograph.server.guard.Guard;
import dev.heliograph.server.guard.GuardedConnection;
import dev.heliograph.server.guard.IpRule;
import dev.heliograph.server.guard.LimitRule;
import dev.heliograph.server.guard.LimitRule.Mode;
import dev.heliograph.server.guard.LimitRule.Operation;
import dev.heliograph.server.guard.LimitRule.Scope;
import dev.heliograph.server.guard.Refusal;
import dev.heliograph.server.ip.IpAddress;
import dev.heliograph.server.ip.IpPrefix;
import dev.heliograph.server.observe.Instruments;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.IntPredicate;

/// What the guard costs, in this process: a check of an address with 100,000 rules, their import, and a question with a
/// message, when no limit is for it and when two are; in processor time.
final class GuardBench {

    private static final int RULES = 100_000;
    private static final int QUESTIONS = 1 << 16;
    private static final int RUNS = 5;
    private static final int ROUNDS = 20;

    private final BiConsumer<String, double[]> figure;
    private final Random random = new Random(1);

    /// @param figure takes a figure's name and the values of the runs
    GuardBench(BiConsumer<String, double[]> figure) {
        this.figure = figure;
    }

    void run() {
        addresses();
        messages();
    }

    private static Guard guard() {
        return new Guard(RelayConfig.defaults().client(), Clock.systemUTC(), Instruments.off());
    }

    private void addresses() {
        IpPrefix[] prefixes = new IpPrefix[RULES];
        for (int i = 0; i < RULES; i++) {
            prefixes[i] = i % 2 == 0
                    ? new IpPrefix(anyV4(), 96 + random.nextInt(8, 33))
                    : new IpPrefix(anyV6(), random.nextInt(16, 129));
        }
        Guard guard = guard();
        double[] imports = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            guard = guard();
            long began = cpuNanos();
            for (IpPrefix prefix : prefixes) {
                guard.ipRuleListener()
                        .put(new Document<>(prefix.toString(), new IpRule(IpRule.Kind.BAN, "", "", 0), 1, 0));
            }
            imports[run] = (cpuNanos() - began) / 1e9;
        }
        figure.accept("guard_import_100k_s", imports);
        // Three of four are in one of the networks.
        IpAddress[] addresses = new IpAddress[QUESTIONS];
        for (int i = 0; i < QUESTIONS; i++) {
            addresses[i] = i % 4 == 0 ? i % 8 == 0 ? anyV4() : anyV6() : within(prefixes[random.nextInt(RULES)]);
        }
        Guard full = guard;
        figure.accept(
                "guard_check_ns", nanos(i -> full.admitAddress(addresses[i]).isPresent()));
    }

    private IpAddress anyV4() {
        return new IpAddress(0, 0xFFFFL << 32 | random.nextInt() & 0xFFFF_FFFFL);
    }

    /// One of those that are given out to the Internet, 2000::/3.
    private IpAddress anyV6() {
        return new IpAddress(0x2000_0000_0000_0000L | random.nextLong() >>> 3, random.nextLong());
    }

    private IpAddress within(IpPrefix prefix) {
        long high = prefix.network().high();
        long low = prefix.network().low();
        if (prefix.bits() < 64) {
            high |= random.nextLong() >>> prefix.bits();
            low = random.nextLong();
        } else if (prefix.bits() < 128) {
            low |= prefix.bits() == 64 ? random.nextLong() : random.nextLong() >>> prefix.bits() - 64;
        }
        return new IpAddress(high, low);
    }

    private void messages() {
        Guard guard = guard();
        GuardedConnection[] connections = new GuardedConnection[1_000];
        for (int i = 0; i < connections.length; i++) {
            connections[i] = guard.connection("client-" + i, anyV4(), new Nobody());
            connections[i].open();
            connections[i].identify("user-" + i, "", 0);
        }
        IntPredicate question = i -> {
            GuardedConnection connection = connections[i % connections.length];
            return connection.message(128)
                    && connection.publish("chat:lobby", "chat").isEmpty();
        };
        figure.accept("guard_message_ns", nanos(question));
        limit(guard, Operation.BYTES_IN, Scope.CONNECTION);
        limit(guard, Operation.PUBLISH, Scope.USER);
        figure.accept("guard_limited_message_ns", nanos(question));
    }

    private static void limit(Guard guard, Operation operation, Scope scope) {
        LimitRule rule = new LimitRule(0, operation, scope, null, null, null, null, 1e9, 1e9, 0, Mode.ENFORCE, "", 0);
        guard.limitRuleListener().put(new Document<>(operation.name(), rule, 1, 0));
    }

    private static double[] nanos(IntPredicate question) {
        double[] nanos = new double[RUNS];
        long answers = 0;
        for (int run = -2; run < RUNS; run++) {
            long began = cpuNanos();
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < QUESTIONS; i++) {
                    answers += question.test(i) ? 1 : 0;
                }
            }
            // The first two only warm up.
            if (run >= 0) {
                nanos[run] = (double) (cpuNanos() - began) / ROUNDS / QUESTIONS;
            }
        }
        if (answers == 0) {
            throw new IllegalStateException("no question had the answer that most should have");
        }
        return nanos;
    }

    /// Time of a processor, not of the clock: on a machine that is shared, others take the rest.
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static final class Nobody implements GuardedConnection.Owner {

        @Override
        public void unwelcome(Refusal.Cause cause) {
            throw new IllegalStateException("unwelcome: " + cause);
        }

        @Override
        public void tokensRevoked() {}
    }
}
