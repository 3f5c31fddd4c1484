package dev.heliograph.cli.init;

import dev.heliograph.cli.init.Layout.Group;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What a team's answers lead to, and why. Decides, and neither reads nor writes anything.
///
/// Its figures are on the safe side of what the README has measured; `make bench` on a team's own machines knows
/// better.
record Advice(Answers answers, Layout layout) {

    /// The README has measured a p99 of 49 ms from the API to 1,000 subscribers of another relay, on busy machines. Who
    /// wants
    /// less gives each relay half as much to do.
    private static final Duration TIGHT = Duration.ofMillis(50);

    /// The p99 that the README has measured to ten subscribers of another relay.
    private static final Duration FLOOR = Duration.ofMillis(8);

    /// New connections a second on a relay: less than a fifth of the 2,800 that the README has measured.
    private static final int CONNECTION_RATE = 500;

    /// What a client may recover at once unless a relay is told otherwise.
    private static final int RECOVERY_DEFAULT = 300;

    /// What the role gives a load balancer.
    private static final int BALANCER_DEFAULT = 50_000;

    static Advice of(Answers answers) {
        int relays = wanted(answers);
        return new Advice(
                answers, Layout.of(answers.hosts(), relays, answers.redis().isPresent()));
    }

    private static boolean tight(Answers answers) {
        return answers.latency().compareTo(TIGHT) < 0;
    }

    private static int perRelay(Answers answers) {
        return answers.purpose().perRelay() / (tight(answers) ? 2 : 1);
    }

    private static int wanted(Answers answers) {
        return Math.ceilDiv(answers.connections(), perRelay(answers)) + 1;
    }

    /// Connections that a relay is planned to have while one relay is lost.
    int perRelay() {
        return perRelay(answers);
    }

    /// Relays that there should be: enough, and one that may be lost.
    int wantedRelays() {
        return wanted(answers);
    }

    /// Relays that there are, on the hosts that were given.
    int relays() {
        return layout.in(Group.RELAYS).size();
    }

    /// Connections beyond which a relay refuses more: twice the plan, so that it bends before it breaks.
    int connectionLimit() {
        return 2 * perRelay();
    }

    /// Connections beyond which a load balancer refuses more. Each can carry all, and a quarter more for the API.
    int balancerLimit() {
        return Math.max(BALANCER_DEFAULT, answers.connections() / 4 * 5);
    }

    /// Whether the role has to be told so.
    boolean largeBalancers() {
        return balancerLimit() > BALANCER_DEFAULT;
    }

    int admittedRate() {
        return CONNECTION_RATE;
    }

    List<Namespace> namespaces() {
        return Namespaces.of(answers.purpose(), answers.guarantee());
    }

    /// Settings of `client` beyond those that have variables of their own in the role.
    List<Setting> clientSettings() {
        List<Setting> settings = new ArrayList<>();
        settings.add(new Setting(
                "connection_rate_limit",
                Integer.toString(CONNECTION_RATE),
                "new connections a second; more wait or come again, so that a storm of them ends"));
        int perUser = answers.purpose().perUser();
        if (perUser > 0) {
            settings.add(new Setting(
                    "user_connection_limit",
                    Integer.toString(perUser),
                    "tabs and devices of one user on a relay; more are a mistake"));
        }
        int deepest =
                namespaces().stream().mapToInt(Namespace::historySize).max().orElse(0);
        if (deepest > RECOVERY_DEFAULT) {
            settings.add(new Setting(
                    "recovery_max_publication_limit",
                    Integer.toString(deepest),
                    "as deep as the deepest history, or who missed much could not recover though all is there"));
        }
        return settings;
    }

    /// Replicas that must have a message before it is acknowledged. Only with three Redis may one of them be away then.
    int waitReplicas() {
        return answers.guarantee().keepsHistory() && layout.in(Group.REDIS).size() >= Layout.REDIS_HOSTS ? 1 : 0;
    }

    /// Why there are so many.
    String whyWaitReplicas() {
        if (waitReplicas() > 0) {
            return "a message is on two Redis before it is acknowledged, so that a failover loses none";
        }
        if (!answers.guarantee().keepsHistory()) {
            return "best effort does not wait";
        }
        return answers.redis().isPresent()
                ? "1 only if the managed Redis has two replicas or more and takes the command WAIT"
                : "with fewer than three Redis, nothing could be published while one is away";
    }

    /// Whether Redis writes each message to disk at once: where no replica is sure to have it.
    boolean syncsAlways() {
        return answers.guarantee() == Guarantee.EFFECTIVELY_ONCE
                && answers.redis().isEmpty()
                && waitReplicas() == 0;
    }

    /// Whether a relay has its broker in itself: one host, so nobody to share with.
    boolean embedded() {
        return answers.redis().isEmpty() && layout.hosts().size() == 1;
    }

    /// What was chosen, and why.
    List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        reasons.add(enough()
                + (tight(answers) ? " Half as many for each as usual, since the latency is to be below 50 ms." : ""));
        reasons.add("A limit of " + number(connectionLimit())
                + " connections for a relay: twice the plan; more are sent elsewhere.");
        for (Namespace namespace : namespaces()) {
            reasons.add("Namespace " + namespace.name() + ": " + namespace.about());
        }
        reasons.add(history());
        reasons.add(redis());
        if (answers.guarantee() == Guarantee.EFFECTIVELY_ONCE) {
            reasons.add("Back ends send an idempotency_key with each publish and repeat it until it is acknowledged:"
                    + " that makes it once.");
        }
        return reasons;
    }

    private String enough() {
        int relays = relays();
        String count = relays == 1 ? "1 relay" : relays + " relays";
        return relays < wantedRelays()
                ? count + ", on what there is; planned are " + number(perRelay()) + " connections for each."
                : "%s: %s connections at %s for each, and one that may be lost."
                        .formatted(count, number(answers.connections()), number(perRelay()));
    }

    private String history() {
        Namespace first = namespaces().getFirst();
        int size = first.historySize();
        if (size == 0) {
            return "No history: who is away misses what is sent meanwhile, and nothing is kept for them.";
        }
        if (size == 1) {
            return "A history of one: who comes back gets the latest value, not those in between.";
        }
        return "%s keeps %s messages for %s: who misses no more, and comes back within that, gets all in order."
                .formatted(
                        first.name(), number(size), first.value("history_ttl").orElse(""));
    }

    private String redis() {
        if (answers.redis().isPresent()) {
            return "The managed Redis " + answers.redis().get().address() + ", wait_replicas 0: " + whyWaitReplicas()
                    + ".";
        }
        int count = layout.in(Group.REDIS).size();
        if (count == 1) {
            return "One Redis: what it lacks when it comes back is lost.";
        }
        return count + " Redis with sentinels, wait_replicas " + waitReplicas() + ": " + whyWaitReplicas() + ".";
    }

    /// What a team should know before it relies on this.
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        hosts(warnings);
        if (answers.latency().compareTo(FLOOR) < 0) {
            warnings.add("A latency below 8 ms is less than what was measured with Redis even for ten subscribers.");
        }
        if (answers.guarantee() == Guarantee.EFFECTIVELY_ONCE && answers.purpose() == Purpose.DASHBOARDS) {
            warnings.add("The guarantee is for event; metric gives the latest value and skips others.");
        }
        warnings.add("The figures are careful ones for two cores; `make bench` on your own machines is the truth.");
        return warnings;
    }

    private void hosts(List<String> warnings) {
        if (layout.placeholders()) {
            warnings.add("The addresses 192.0.2.x are placeholders: put yours in their place.");
        }
        int relays = relays();
        if (relays == 1) {
            warnings.add("With one relay nothing may be lost: " + wantedRelays() + " hosts or more would be good.");
        } else if (relays < wantedRelays()) {
            warnings.add(
                    "%d relays would be good. Of these %d, when one is lost, each of the others would have %s connections."
                            .formatted(
                                    wantedRelays(), relays, number(Math.ceilDiv(answers.connections(), relays - 1))));
        }
        if ((long) relays * connectionLimit() < answers.connections()) {
            warnings.add("Of %s connections these relays take no more than %s: too few hosts."
                    .formatted(number(answers.connections()), number(relays * connectionLimit())));
        }
        if (answers.redis().isEmpty() && layout.in(Group.REDIS).size() == 2) {
            warnings.add("Two sentinels cannot agree when one is lost: add a third host to redis and sentinels.");
        }
        if (!layout.spares().isEmpty()) {
            warnings.add("Not needed now, their relays wait for a scale-out: "
                    + layout.spares().stream().map(Layout.Host::name).collect(Collectors.joining(", ")) + ".");
        }
    }

    private static String number(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
