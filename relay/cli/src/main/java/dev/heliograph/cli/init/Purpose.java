package dev.heliograph.cli.init;

import java.util.Locale;

/// What a relay is for.
///
/// The figures of [#perRelay] are to be safe, not to be fast: the README has measured 10,000 connections and 60,000
/// deliveries a second on two cores that the clients used as well. That is six a second for each connection. Games and
/// telemetry send more often, so that a relay is planned to have half as many.
enum Purpose {
    CHAT(10_000, 20),
    NOTIFICATIONS(10_000, 20),
    DASHBOARDS(10_000, 0),
    COLLABORATION(10_000, 20),
    GAMES(5_000, 5),
    TELEMETRY(5_000, 3);

    private final int perRelay;
    private final int perUser;

    Purpose(int perRelay, int perUser) {
        this.perRelay = perRelay;
        this.perUser = perUser;
    }

    /// Connections that a relay is planned to have while one relay is lost.
    int perRelay() {
        return perRelay;
    }

    /// Connections of one user on a relay; 0 for any number, since many screens may show one dashboard as one user.
    int perUser() {
        return perUser;
    }

    /// As it is written in options.
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
