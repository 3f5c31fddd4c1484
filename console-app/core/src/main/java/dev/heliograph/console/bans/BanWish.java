package dev.heliograph.console.bans;

import dev.heliograph.console.text.Messages;
import dev.heliograph.console.wire.IpRuleKind;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// A rule that an operator wants to put down.
///
/// @param target    whom it is for
/// @param expiresAt when it ends; empty for never
/// @param reason    for the rule and the audit record; may be empty
public record BanWish(Target target, Optional<Instant> expiresAt, String reason) {

    /// Whom a rule is for.
    public sealed interface Target {

        /// What the rule does, in a few words that begin with a verb: `Ban 203.0.113.0/24`.
        String title();
    }

    /// Whoever comes from an address or a network.
    public record Network(String cidr, IpRuleKind kind) implements Target {

        @Override
        public String title() {
            return Messages.text("bans.put." + kind.name().toLowerCase(Locale.ROOT), cidr);
        }
    }

    /// A user, wherever they come from.
    public record User(String user) implements Target {

        @Override
        public String title() {
            return Messages.text("bans.put.user", user);
        }
    }

    /// One token, by its `jti`.
    public record Token(String jti) implements Target {

        @Override
        public String title() {
            return Messages.text("bans.put.token", jti);
        }
    }

    /// All tokens that a user was given before a time.
    public record TokensOf(String user, Instant issuedBefore) implements Target {

        @Override
        public String title() {
            return Messages.text("bans.put.tokens", user);
        }
    }
}
