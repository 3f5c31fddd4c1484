package dev.heliograph.fleet;

import dev.heliograph.fleet.RelayNode.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Relays to decide on, and a policy to do it.
final class Fleet {

    static final Instant NOW = Instant.parse("2026-03-14T09:26:53Z");
    static final List<String> HOSTS = List.of("relay1", "relay2", "relay3", "relay4", "relay5", "relay6");
    static final long LIMIT = 16_000;

    /// 2 to 5 relays on six hosts, 10,000 connections each.
    static final FleetPolicy POLICY =
            new FleetPolicy(HOSTS, 2, 5, 10_000, 0.6, 0.9, Duration.ofSeconds(300), Duration.ofSeconds(900));

    /// The last change was long ago.
    static final History QUIET = new History(NOW.minusSeconds(86_400), OptionalInt.empty(), NOW, Optional.empty());

    private final List<RelayNode> relays = new ArrayList<>();
    private Optional<Observation.Peak> peak = Optional.of(new Observation.Peak(0, 0));
    private boolean locked;

    private Fleet() {}

    /// So many blue relays on the first hosts, with these connections and this CPU together.
    static Fleet of(int number, long connections, double cpu) {
        Fleet fleet = new Fleet();
        for (int i = 0; i < number; i++) {
            fleet.with(HOSTS.get(i), "blue", State.SERVES, connections / number, cpu / number);
        }
        return fleet;
    }

    Fleet with(String host, String colour, State state, long connections, double cpu) {
        relays.add(new RelayNode(host + "-" + colour, host, colour, state, connections, cpu, LIMIT));
        return this;
    }

    /// Makes one of them something else.
    Fleet is(int index, State state) {
        RelayNode relay = relays.get(index);
        boolean answers = state == State.SERVES || state == State.DRAINS;
        relays.set(
                index,
                new RelayNode(
                        relay.name(),
                        relay.host(),
                        relay.colour(),
                        state,
                        answers ? relay.connections() : 0,
                        answers ? relay.cpu() : 0,
                        answers ? relay.limit() : 0));
        return this;
    }

    Fleet peak(long connections, double cpu) {
        peak = Optional.of(new Observation.Peak(connections, cpu));
        return this;
    }

    Fleet withoutPeak() {
        peak = Optional.empty();
        return this;
    }

    Fleet locked() {
        locked = true;
        return this;
    }

    Observation seen() {
        return new Observation.Load(relays, peak, locked);
    }

    Decision decide() {
        return decide(QUIET);
    }

    Decision decide(History history) {
        return POLICY.decide(seen(), history, NOW);
    }
}
