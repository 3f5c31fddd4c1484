package dev.heliograph.server.guard;

import dev.heliograph.server.guard.LimitRule.Operation;
import dev.heliograph.server.guard.LimitRule.Scope;
import dev.heliograph.server.ip.IpAddress;
import dev.heliograph.server.ip.IpPrefix;
import dev.heliograph.server.observe.Instruments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Whom a rule would hit now, of those who are connected.
///
/// @param matching those it is for
/// @param hit      those it would disconnect or refuse if they came now: of a limit of connections those beyond it; of
/// a
///                 limit of a rate nobody, since that is known only when it has run dry for a while
/// @param examples of those who are hit, or of those it is for if nobody is; [#SHOWN] at most
public record Preview(long matching, long hit, List<Connected> examples) {

    static final int SHOWN = 20;

    static final Preview NONE = new Preview(0, 0, List.of());

    /// One who is connected.
    ///
    /// @param client the client id
    public record Connected(String client, String address, String user) {}

    /// What is known of a connection.
    ///
    /// @param jti      empty if its token has none
    /// @param issuedAt in Unix seconds; 0 if its token does not say
    record Subject(String client, IpAddress address, String user, String jti, long issuedAt) {

        Connected shown() {
            return new Connected(client, address.toString(), user);
        }
    }

    /// Of a rule for a network: it holds for those whose address no longer prefix has a rule for.
    static Preview ofIpRule(IpPrefix prefix, IpRule.Kind kind, IpRules rules, Stream<Subject> connected) {
        return of(
                connected,
                subject -> prefix.contains(subject.address())
                        && rules.find(subject.address())
                                .map(entry -> entry.prefix().bits() <= prefix.bits())
                                .orElse(true),
                kind != IpRule.Kind.ALLOW);
    }

    static Preview ofUserBan(String user, Stream<Subject> connected) {
        return of(connected, subject -> subject.user().equals(user), true);
    }

    static Preview ofRevocation(Revocation revocation, Stream<Subject> connected) {
        return of(
                connected,
                subject -> revocation.jti().isEmpty()
                        ? subject.user().equals(revocation.user()) && subject.issuedAt() < revocation.issuedBefore()
                        : subject.jti().equals(revocation.jti()),
                true);
    }

    private static Preview of(Stream<Subject> connected, Predicate<Subject> matches, boolean hits) {
        List<Connected> examples = new ArrayList<>();
        long matching = connected
                .filter(matches)
                .peek(subject -> {
                    if (examples.size() < SHOWN) {
                        examples.add(subject.shown());
                    }
                })
                .toList()
                .size();
        return new Preview(matching, hits ? matching : 0, examples);
    }

    static Preview ofLimit(LimitRule rule, Stream<Subject> connected) {
        Limit limit = new Limit("preview", rule, System::nanoTime, new RuleHits(Instruments.off()));
        List<Subject> matching = connected
                .filter(subject -> limit.matches(subject.address(), subject.user()))
                .toList();
        List<Subject> hit = rule.operation() == Operation.CONNECTIONS ? beyond(rule, matching) : List.of();
        List<Connected> examples = (hit.isEmpty() ? matching : hit)
                .stream().limit(SHOWN).map(Subject::shown).toList();
        return new Preview(matching.size(), hit.size(), examples);
    }

    /// Those for whom there would have been no room.
    private static List<Subject> beyond(LimitRule rule, List<Subject> matching) {
        Map<Object, Integer> counts = new HashMap<>();
        return matching.stream()
                .filter(subject -> counts.merge(key(rule.scope(), subject), 1, Integer::sum) > rule.max())
                .toList();
    }

    private static Object key(Scope scope, Subject subject) {
        return switch (scope) {
            case USER -> subject.user();
            case IP -> subject.address().holder();
            case NODE, CONNECTION, NAMESPACE -> "";
        };
    }

    Preview plus(Preview other) {
        List<Connected> all = new ArrayList<>(examples);
        all.addAll(other.examples);
        return new Preview(
                matching + other.matching,
                hit + other.hit,
                all.stream().limit(SHOWN).toList());
    }
}
