package dev.heliograph.server.guard;

import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.server.control.Document;
import dev.heliograph.server.guard.LimitRule.Mode;
import dev.heliograph.server.guard.LimitRule.Operation;
import dev.heliograph.server.guard.LimitRule.Scope;
import dev.heliograph.server.ip.IpAddress;
import dev.heliograph.server.observe.Instruments;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A guard whose time passes only when told to, and connections that note what they are told.
final class GuardFixture {

    /// A connection that notes what it is told.
    static final class Client implements GuardedConnection.Owner {

        final List<Refusal.Cause> told = new ArrayList<>();
        int tokensRevoked;

        @Override
        public void unwelcome(Refusal.Cause cause) {
            told.add(cause);
        }

        @Override
        public void tokensRevoked() {
            tokensRevoked++;
        }
    }

    private long nanos = 12_345;
    private final List<Runnable> background = new ArrayList<>();
    private int clients;

    final Clock clock = Clock.fixed(Instant.parse("2030-01-01T00:00:00Z"), ZoneOffset.UTC);
    final Guard guard;

    GuardFixture() {
        this("");
    }

    /// @param client settings of the section `client`
    GuardFixture(String client) {
        guard = new Guard(
                RelayConfig.parse("client: {" + client + "}").client(),
                clock,
                Instruments.off(),
                () -> nanos,
                background::add);
    }

    void pass(Duration time) {
        nanos += time.toNanos();
    }

    /// Runs what changes have led to.
    ///
    /// @return how often connections were looked over
    int lookOver() {
        List<Runnable> tasks = List.copyOf(background);
        background.clear();
        tasks.forEach(Runnable::run);
        return tasks.size();
    }

    GuardedConnection connection(String address) {
        return connection(address, new Client());
    }

    GuardedConnection connection(String address, Client client) {
        return guard.connection("client-" + ++clients, IpAddress.parse(address), client);
    }

    /// A connection that is there and whose user is known, both admitted.
    GuardedConnection connected(String address, String user) {
        return connected(address, user, new Client());
    }

    GuardedConnection connected(String address, String user, Client client) {
        GuardedConnection connection = connection(address, client);
        admitted(connection.open());
        admitted(connection.identify(user, "", 0));
        return connection;
    }

    static void admitted(Optional<Refusal> refusal) {
        if (refusal.isPresent()) {
            throw new AssertionError("refused: " + refusal.get());
        }
    }

    Admission admission(String address) {
        return guard.admitHandshake(IpAddress.parse(address));
    }

    Optional<Refusal> handshake(String address) {
        return admission(address).refusal();
    }

    void ipRule(String network, IpRule.Kind kind) {
        guard.ipRuleListener().put(new Document<>(network, new IpRule(kind, "", "", 0), 1, 0));
    }

    void ban(String user) {
        guard.userBanListener().put(new Document<>(user, new UserBan("", "", 0), 1, 0));
    }

    void revoke(Revocation revocation) {
        guard.revocationListener().put(new Document<>(revocation.id(), revocation, 1, 0));
    }

    static Revocation token(String jti) {
        return new Revocation(jti, "", 0, "", "", 0);
    }

    static Revocation tokens(String user, long issuedBefore) {
        return new Revocation("", user, issuedBefore, "", "", 0);
    }

    void limit(String name, LimitRule rule) {
        guard.limitRuleListener().put(new Document<>(name, rule, 1, 0));
    }

    void limit(String name, Rule rule) {
        limit(name, rule.build());
    }

    LimitUse use(String name) {
        return guard.limitUses().stream()
                .filter(each -> each.name().equals(name))
                .map(Guard.NamedUse::use)
                .findAny()
                .orElseThrow();
    }

    /// A limit rule in the making.
    static final class Rule {

        private final Operation operation;
        private final Scope scope;
        private int order;
        private @Nullable String user;
        private @Nullable String cidr;
        private @Nullable String namespace;
        private @Nullable String channel;
        private double rate;
        private double burst;
        private long max;
        private Mode mode = Mode.ENFORCE;

        private Rule(Operation operation, Scope scope) {
            this.operation = operation;
            this.scope = scope;
        }

        static Rule rate(Operation operation, Scope scope, double rate, double burst) {
            Rule rule = new Rule(operation, scope);
            rule.rate = rate;
            rule.burst = burst;
            return rule;
        }

        static Rule count(Scope scope, long max) {
            Rule rule = new Rule(Operation.CONNECTIONS, scope);
            rule.max = max;
            return rule;
        }

        Rule order(int value) {
            order = value;
            return this;
        }

        Rule user(String pattern) {
            user = pattern;
            return this;
        }

        Rule cidr(String network) {
            cidr = network;
            return this;
        }

        Rule namespace(String name) {
            namespace = name;
            return this;
        }

        Rule channel(String pattern) {
            channel = pattern;
            return this;
        }

        Rule dryRun() {
            mode = Mode.DRY_RUN;
            return this;
        }

        LimitRule build() {
            return new LimitRule(
                    order, operation, scope, user, cidr, namespace, channel, rate, burst, max, mode, "", 0);
        }
    }
}
