package dev.heliograph.server.admin;

import dev.heliograph.server.guard.Change;
import dev.heliograph.server.guard.GuardOperations;
import dev.heliograph.server.guard.LimitRule;
import dev.heliograph.server.guard.LimitUse;
import dev.heliograph.server.guard.LimitView;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Limits of connections and operations, which change while the relays run.
final class LimitsApi {

    /// A limit. What is left out of `user`, `cidr`, `namespace` and `channel` does not matter.
    ///
    /// @param order     lower ones first; 0 if left out
    /// @param scope     what has a bucket of its own
    /// @param user      pattern of users it is for
    /// @param cidr      network of addresses it is for
    /// @param namespace of channels it is for
    /// @param channel   pattern of channels it is for
    /// @param rate      operations, or bytes, a second
    /// @param burst     tokens of a full bucket; those of one second if left out
    /// @param max       connections, with the operation `connections`
    /// @param mode      `dry_run` counts what it would refuse; `enforce` if left out
    /// @param expiresAt Unix milliseconds; left out for never
    record LimitWish(
            @Nullable Integer order,
            LimitRule.Operation operation,
            LimitRule.Scope scope,
            @Nullable String user,
            @Nullable String cidr,
            @Nullable String namespace,
            @Nullable String channel,
            @Nullable Double rate,
            @Nullable Double burst,
            @Nullable Long max,
            LimitRule.@Nullable Mode mode,
            @Nullable Long expiresAt) {
        LimitRule rule() {
            return new LimitRule(
                    Objects.requireNonNullElse(order, 0),
                    operation,
                    scope,
                    user,
                    cidr,
                    namespace,
                    channel,
                    Objects.requireNonNullElse(rate, 0.0),
                    Objects.requireNonNullElse(burst, 0.0),
                    Guarding.orZero(max),
                    Objects.requireNonNullElse(mode, LimitRule.Mode.ENFORCE),
                    "",
                    0);
        }
    }

    record LimitState(
            int order,
            LimitRule.Operation operation,
            LimitRule.Scope scope,
            @Nullable String user,
            @Nullable String cidr,
            @Nullable String namespace,
            @Nullable String channel,
            double rate,
            double burst,
            long max,
            LimitRule.Mode mode,
            String author,
            long created) {
        static @Nullable LimitState of(@Nullable LimitRule rule) {
            return rule == null
                    ? null
                    : new LimitState(
                            rule.order(),
                            rule.operation(),
                            rule.scope(),
                            rule.user(),
                            rule.cidr(),
                            rule.namespace(),
                            rule.channel(),
                            rule.rate(),
                            rule.burst(),
                            rule.max(),
                            rule.mode(),
                            rule.author(),
                            rule.created());
        }
    }

    /// @param key  the user, address, namespace or client; empty for a node
    /// @param used 0 for nothing, 1 for all of it
    record Fullest(String key, double used) {}

    /// @param configured  whether it comes from the configuration of the nodes
    /// @param wouldReject what it would have refused, were it enforced
    /// @param lastHit     Unix milliseconds; left out for never
    /// @param fullest     of its buckets, 10 at most
    record LimitRow(
            String name,
            LimitState rule,
            boolean configured,
            @Nullable Long expiresAt,
            long admitted,
            long rejected,
            long wouldReject,
            @Nullable Long lastHit,
            List<Fullest> fullest) {
        static LimitRow of(LimitView view) {
            LimitUse.Counters counters = view.use().counters();
            return new LimitRow(
                    view.name(),
                    Objects.requireNonNull(LimitState.of(view.rule())),
                    view.configured(),
                    view.expiresAt() == 0 ? null : view.expiresAt(),
                    counters.admitted(),
                    counters.rejected(),
                    counters.wouldReject(),
                    counters.lastHit() == 0 ? null : counters.lastHit(),
                    view.use().fullest().stream()
                            .map(each -> new Fullest(each.key(), each.used()))
                            .toList());
        }
    }

    record LimitList(List<LimitRow> limits) {}

    record LimitChange(
            String name,
            @Nullable LimitState before,
            @Nullable LimitState after,
            Guarding.PreviewView preview,
            boolean dryRun) {
        static LimitChange of(Change<LimitRule> change) {
            return new LimitChange(
                    change.id(),
                    LimitState.of(change.before()),
                    LimitState.of(change.after()),
                    Guarding.PreviewView.of(change.preview()),
                    change.dryRun());
        }
    }

    private final GuardOperations guard;

    LimitsApi(GuardOperations guard) {
        this.guard = guard;
    }

    List<Route> routes() {
        return List.of(
                Route.get(
                        "/v1/limits",
                        "limit_rule.list",
                        Role.VIEWER,
                        "All limits in their order, with what they did and how much of them is used.",
                        List.of(),
                        LimitList.class,
                        _ -> new LimitList(
                                guard.limits().stream().map(LimitRow::of).toList())),
                Route.change(
                        Route.Method.PUT,
                        "/v1/limits/{name}",
                        "limit_rule.put",
                        Role.OPERATOR,
                        "Put down a limit, instead of the one of that name. A dry run tells who would be hit now.",
                        List.of(),
                        LimitWish.class,
                        LimitChange.class,
                        call -> {
                            call.about(call.path("name"));
                            LimitWish wish = call.body(LimitWish.class);
                            return LimitChange.of(guard.putLimit(
                                    call.path("name"),
                                    wish.rule(),
                                    Guarding.orZero(wish.expiresAt()),
                                    Guarding.editor(call),
                                    call.dryRun()));
                        }),
                Route.change(
                        Route.Method.DELETE,
                        "/v1/limits/{name}",
                        "limit_rule.delete",
                        Role.OPERATOR,
                        "Delete a limit.",
                        List.of(),
                        null,
                        LimitChange.class,
                        call -> {
                            call.about(call.path("name"));
                            return LimitChange.of(
                                    guard.deleteLimit(call.path("name"), Guarding.editor(call), call.dryRun()));
                        }));
    }
}
