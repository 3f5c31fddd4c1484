package dev.heliograph.server.admin;

import dev.heliograph.server.connections.TailRequest;

/// The parameters of the stream that belong to one topic or two.
final class StreamParams {

    static final int DEFAULT_PER_SECOND = 10;

    static final int DEFAULT_ROWS = 50;

    static final int MAX_ROWS = 200;

    static final Param QUERY = Param.text(
            ConnectionsApi.QUERY.name(),
            "With `connections`: which ones, and in which order, as for `/v1/connections`; all without it.");

    static final Param LIMIT = Param.integer(
            "limit", "With `connections`: rows, 1 to %d; %d without it.".formatted(MAX_ROWS, DEFAULT_ROWS));

    static final Param EVERY =
            Param.integer("every_ms", "With `connections`: from one look to the next, 1000 to 60000; 2000 without it.");

    static final Param CHANNEL = Param.text("channel", "With `tail`: the name of the channel.");

    static final Param PER_SECOND = Param.integer(
            "per_second",
            "With `tail`: publications shown in any second, 1 to %d; %d without it. The others are counted."
                    .formatted(TailRequest.MAX_PER_SECOND, DEFAULT_PER_SECOND));

    static final Param MASKING = Param.text(
            "masking",
            "With `tail`: how much of a payload is shown: `sizes`; `values`, its JSON with every value masked, which"
                    + " is meant without it; `clear`, which needs the role admin.");

    static final Param FOLLOW = Param.text(
            "follow", "With `follow`: whom: `user:<id>`, `channel:<name>`, `ip:<address>` or `client:<id>`.");

    static final Param SAMPLING = Param.integer(
            "sampling", "With `follow`: of the deliveries one in so many is told; 1, all of them, without it.");

    static final Param DURATION = Param.integer(
            "duration_ms",
            "With `tail` (10 minutes at most) or `follow` (1 hour at most): when it ends by itself; 60000 without it.");

    private StreamParams() {}
}
