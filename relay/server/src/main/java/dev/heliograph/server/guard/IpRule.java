package dev.heliograph.server.guard;

import dev.heliograph.server.control.DocumentType;

/// What holds for the addresses of a network. The document's id is the network ([IpPrefix#toString]), so there is one
/// rule for each; of all that cover an address the one with the longest prefix holds.
///
/// @param reason  for operators; never shown to clients
/// @param author  who put it down
/// @param created in Unix milliseconds
public record IpRule(Kind kind, String reason, String author, long created) {

    public static final DocumentType<IpRule> TYPE = new DocumentType<>("ip_rule", IpRule.class);

    public enum Kind {
        /// Comes in, though a wider network may not.
        ALLOW,
        /// Is refused (403); who is connected stays.
        DENY,
        /// Is refused (403), and who is connected is disconnected.
        BAN
    }
}
