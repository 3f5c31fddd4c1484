package dev.heliograph.server.control;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// One line of the record of what operators did, or tried to.
///
/// @param id       time-ordered and unique: the store gives it, whatever is set here
/// @param at       in Unix milliseconds
/// @param operator who; the name of the token
/// @param role     as which they did it
/// @param from     the address they came from
/// @param action   what, `ban.create` for example
/// @param target   on what, `10.0.0.0/8` for example
/// @param reason   why, as they said; empty if they did not
/// @param before   what was there; null if nothing
/// @param after    what is there now; null if nothing
/// @param outcome  `ok`, or in a few words why it was refused or failed
public record AuditEntry(
        String id,
        long at,
        String operator,
        String role,
        String from,
        String action,
        String target,
        String reason,
        @Nullable JsonNode before,
        @Nullable JsonNode after,
        String outcome) {}
