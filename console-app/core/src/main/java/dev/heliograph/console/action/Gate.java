package dev.heliograph.console.action;

import dev.heliograph.console.text.Messages;
import dev.heliograph.console.value.Value;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Stands in front of every change of a cluster: the console is read-only until it is armed, for a time, and each
/// proposal
/// demands what its risk calls for. Threadsafe.
public final class Gate {

    /// The longest time that the console can be armed for.
    public static final Duration LONGEST = Duration.ofHours(4);

    /// What must happen before a proposal is performed.
    public sealed interface Demand {

        /// It is not done; `why` is a sentence for the operator. `armable` says that arming would help.
        record Refused(String why, boolean armable) implements Demand {}

        /// It is done at once.
        record Nothing() implements Demand {}

        /// Its parameters and what it touches are confirmed.
        record Confirmation() implements Demand {}

        /// They are confirmed, and this name is typed.
        record TypedName(String name) implements Demand {}
    }

    private final String cluster;
    private final Clock clock;
    private final Value<Optional<Instant>> armedUntil = new Value<>(Optional.empty());
    private final Value<Optional<Role>> role = new Value<>(Optional.empty());

    /// @param cluster the name to be typed for what is most dangerous
    public Gate(String cluster, Clock clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    /// Until when changes can be made; empty while the console is read-only. It is in the past when the time is over
    /// and nobody
    /// has called [#expire] yet.
    public Value<Optional<Instant>> armedUntil() {
        return armedUntil;
    }

    /// The role of the operator's token, once it is known.
    public Value<Optional<Role>> role() {
        return role;
    }

    public boolean isArmed() {
        return armedUntil.get().filter(clock.instant()::isBefore).isPresent();
    }

    public void arm(Duration time) {
        if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("armed for " + time + ": more than nothing and at most " + LONGEST);
        }
        armedUntil.set(Optional.of(clock.instant().plus(time)));
    }

    public void disarm() {
        armedUntil.set(Optional.empty());
    }

    /// Makes the console read-only if its time is over; to be called about once a second.
    public void expire() {
        Instant now = clock.instant();
        armedUntil.update(until -> until.filter(now::isBefore));
    }

    public Demand demandOf(Proposal proposal) {
        Optional<Role> has = role.get();
        if (has.isPresent() && !has.get().covers(proposal.role())) {
            return new Demand.Refused(
                    Messages.text("gate.role", proposal.role().text(), has.get().text()), false);
        }
        if (proposal.risk() != Risk.READ && !isArmed()) {
            return new Demand.Refused(Messages.text("gate.read-only"), true);
        }
        return switch (proposal.risk()) {
            case READ, UNDOABLE -> new Demand.Nothing();
            case CONFIRM -> new Demand.Confirmation();
            case TYPE_NAME -> new Demand.TypedName(cluster);
        };
    }
}
