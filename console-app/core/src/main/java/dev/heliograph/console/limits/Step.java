package dev.heliograph.console.limits;

import dev.heliograph.console.api.AdminApi;
import dev.heliograph.console.api.Change;
import dev.heliograph.console.wire.LimitChange;
import dev.heliograph.console.wire.LimitRow;
import dev.heliograph.console.wire.LimitWish;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One staged change of a limit on trial: applied with an end of the trial, then kept, or taken back. Each way is done
/// so
/// that it depends as little as possible on a console that may be gone when the trial ends. The methods block, throw
/// what
/// the API throws, and may be repeated after a failure.
sealed interface Step {

    /// The limit that is changed.
    String name();

    /// Puts it in force until it is kept or taken back.
    ///
    /// @param end of the trial; empty if there is no trial, and it is there to stay
    /// @return what the cluster says that it did
    LimitChange apply(AdminApi api, Change change, Optional<Instant> end);

    /// The limit that the trial puts down or takes away: where something else is there at its end, somebody else was at
    /// it.
    default String touched() {
        return name();
    }

    /// It stays.
    void keep(AdminApi api, Change change);

    /// What was there before the trial is there again.
    void revert(AdminApi api, Change change, Instant now);

    /// What was there before is there again, though it was kept.
    default void undo(AdminApi api, Change change, Instant now) {
        revert(api, change, now);
    }

    /// Whether the cluster takes it back by itself at the end of the trial, with no console there.
    boolean endsByItself();

    /// A limit where none was: it expires with the trial.
    record Added(String name, LimitWish wish) implements Step {

        @Override
        public LimitChange apply(AdminApi api, Change change, Optional<Instant> end) {
            return api.putLimit(name, until(wish, end), change);
        }

        @Override
        public void keep(AdminApi api, Change change) {
            api.putLimit(name, wish, change);
        }

        @Override
        public void revert(AdminApi api, Change change, Instant now) {
            api.deleteLimit(name, change);
        }

        @Override
        public boolean endsByItself() {
            return true;
        }
    }

    /// A limit that becomes tighter: during the trial the tighter one stands beside it, under a name of its own, and
    /// expires. All limits that match must admit, so that the two are the same as the tighter one alone.
    record Tightened(String name, String beside, LimitWish wish, LimitWish before) implements Step {

        @Override
        public String touched() {
            return beside;
        }

        @Override
        public LimitChange apply(AdminApi api, Change change, Optional<Instant> end) {
            // Without a trial there is nothing to go back to.
            return end.isPresent() ? api.putLimit(beside, until(wish, end), change) : api.putLimit(name, wish, change);
        }

        @Override
        public void keep(AdminApi api, Change change) {
            api.putLimit(name, wish, change);
            api.deleteLimit(beside, change);
        }

        @Override
        public void revert(AdminApi api, Change change, Instant now) {
            api.deleteLimit(beside, change);
        }

        @Override
        public void undo(AdminApi api, Change change, Instant now) {
            putBack(api, name, before, change, now);
        }

        @Override
        public boolean endsByItself() {
            return true;
        }
    }

    /// A limit that becomes another one: the console puts it back.
    ///
    /// @param before with the end that it had
    record Replaced(String name, LimitWish wish, LimitWish before) implements Step {

        @Override
        public LimitChange apply(AdminApi api, Change change, Optional<Instant> end) {
            return api.putLimit(name, wish, change);
        }

        @Override
        public void keep(AdminApi api, Change change) {}

        @Override
        public void revert(AdminApi api, Change change, Instant now) {
            putBack(api, name, before, change, now);
        }

        @Override
        public boolean endsByItself() {
            return false;
        }
    }

    /// A limit that goes: the console puts it back.
    record Removed(String name, LimitWish before) implements Step {

        @Override
        public LimitChange apply(AdminApi api, Change change, Optional<Instant> end) {
            return api.deleteLimit(name, change);
        }

        @Override
        public void keep(AdminApi api, Change change) {}

        @Override
        public void revert(AdminApi api, Change change, Instant now) {
            putBack(api, name, before, change, now);
        }

        @Override
        public boolean endsByItself() {
            return false;
        }
    }

    private static LimitWish until(LimitWish wish, Optional<Instant> end) {
        return LimitChanges.until(wish, end.map(Instant::toEpochMilli).orElse(null));
    }

    /// A limit whose own end has come meanwhile is not put back.
    private static void putBack(AdminApi api, String name, LimitWish before, Change change, Instant now) {
        Long end = before.expiresAt();
        if (end != null && end <= now.toEpochMilli()) {
            api.deleteLimit(name, change);
        } else {
            api.putLimit(name, before, change);
        }
    }

    /// The step that a staged change takes, given what is there now.
    static Step of(Staged staged, @Nullable LimitRow now) {
        if (staged.wish().isEmpty()) {
            if (now == null) {
                throw new IllegalStateException("there is no limit " + staged.name());
            }
            return new Removed(staged.name(), LimitChanges.wish(now));
        }
        LimitWish wish = staged.wish().get();
        if (now == null) {
            return new Added(staged.name(), wish);
        }
        String beside = staged.name() + "-trial";
        return now.expiresAt() == null && beside.length() <= 63 && LimitChanges.isTighter(wish, now.rule())
                ? new Tightened(staged.name(), beside, wish, LimitChanges.wish(now))
                : new Replaced(staged.name(), wish, LimitChanges.wish(now));
    }
}
