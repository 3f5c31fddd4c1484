package dev.heliograph.server.guard;

import dev.heliograph.server.channel.Glob;
import dev.heliograph.server.control.DocumentType;
import dev.heliograph.server.ip.IpPrefix;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How often something may be done, or how many connections there may be: a bucket for each connection, user, address,
/// namespace or for the node, filled with [#rate] tokens a second up to [#burst], and a token for each operation. The
/// document's id is the rule's name. Holds on each node for itself: none asks another before it admits.
///
/// All rules that match must admit, in the order of [#order] and then of their names; the first that does not
/// is the one that refuses, and then no token is taken from any.
///
/// @param order     lower ones first
/// @param scope     what has a bucket of its own
/// @param user      pattern ([Glob]) of users it is for; null for all
/// @param cidr      network of the addresses it is for; null for all
/// @param namespace of the channels it is for, empty for those without one; null for all
/// @param channel   pattern of the channels it is for; null for all
/// @param rate      tokens a second: operations, or bytes with `BYTES_IN`; 0 with `CONNECTIONS`
/// @param burst     tokens that a bucket holds; 0 for those of one second, one at least
/// @param max       connections, with `CONNECTIONS`; else 0
/// @param author    who put it down
/// @param created   in Unix milliseconds
public record LimitRule(
        int order,
        Operation operation,
        Scope scope,
        @Nullable String user,
        @Nullable String cidr,
        @Nullable String namespace,
        @Nullable String channel,
        double rate,
        double burst,
        long max,
        Mode mode,
        String author,
        long created) {

    public static final DocumentType<LimitRule> TYPE = new DocumentType<>("limit_rule", LimitRule.class);

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

    /// A bucket that takes longer to fill would have to be remembered for longer.
    private static final double MAX_SECONDS_TO_FILL = 3_600;

    private static final double MAX_RATE = 1e9;

    public enum Operation {
        /// WebSocket handshakes, refused before they are answered (429, of the node 503).
        HANDSHAKE,
        /// Open connections at a time (429, of the node 503; of a user 3504).
        CONNECTIONS,
        /// Connect requests (error 111).
        CONNECT,
        /// Publish requests (error 111).
        PUBLISH,
        /// Subscribe requests (error 111); what a token or the API subscribes does not count.
        SUBSCRIBE,
        /// RPC requests (error 111).
        RPC,
        /// Bytes of incoming messages, protocol and all (3013). A bucket may be overdrawn by one message.
        BYTES_IN
    }

    public enum Scope {
        CONNECTION,
        /// Connections without a user are not counted.
        USER,
        /// An IPv6 address stands for its first 64 bits.
        IP,
        NAMESPACE,
        NODE
    }

    public enum Mode {
        ENFORCE,
        /// Counts what it would refuse, and admits.
        DRY_RUN
    }

    /// @throws IllegalArgumentException if it is no rule that could work
    public LimitRule {
        require(operation != null && scope != null && mode != null, "operation, scope and mode are required");
        boolean counts = operation == Operation.CONNECTIONS;
        if (counts) {
            require(max > 0, "max must be at least 1");
            require(rate == 0 && burst == 0, "connections have a max, not a rate");
        } else {
            require(rate > 0 && rate <= MAX_RATE, "rate must be above 0");
            require(burst == 0 || (burst >= 1 && burst <= MAX_RATE), "burst must be at least 1");
            require(max == 0, "only connections have a max");
        }
        require(scopes(operation).contains(scope), operation + " cannot be limited by " + scope);
        require(
                user == null || operation != Operation.HANDSHAKE,
                "the user is not known before the handshake: use connect");
        require(
                (namespace == null && channel == null)
                        || operation == Operation.PUBLISH
                        || operation == Operation.SUBSCRIBE,
                "only publish and subscribe have a channel");
        if (user != null) {
            new Glob(user);
        }
        if (channel != null) {
            new Glob(channel);
        }
        if (cidr != null) {
            cidr = IpPrefix.parse(cidr).toString();
        }
        if (!counts) {
            burst = burst == 0 ? Math.max(1, rate) : burst;
            require(burst / rate <= MAX_SECONDS_TO_FILL, "the burst takes more than an hour to fill");
        }
        author = author == null ? "" : author;
    }

    /// This rule, put down by someone at a time in Unix milliseconds.
    LimitRule by(String newAuthor, long at) {
        return new LimitRule(
                order, operation, scope, user, cidr, namespace, channel, rate, burst, max, mode, newAuthor, at);
    }

    private static Set<Scope> scopes(Operation operation) {
        return switch (operation) {
            case HANDSHAKE -> EnumSet.of(Scope.IP, Scope.NODE);
            case CONNECTIONS, CONNECT -> EnumSet.of(Scope.USER, Scope.IP, Scope.NODE);
            case PUBLISH, SUBSCRIBE -> EnumSet.allOf(Scope.class);
            case RPC, BYTES_IN -> EnumSet.of(Scope.CONNECTION, Scope.USER, Scope.IP, Scope.NODE);
        };
    }

    /// Requires that a name can be a rule's.
    ///
    /// @throws IllegalArgumentException if it can not
    public static void requireName(String name) {
        require(NAME.matcher(name).matches(), "a name has 1 to 63 lower case letters, digits, '-' and '_': " + name);
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }
}
