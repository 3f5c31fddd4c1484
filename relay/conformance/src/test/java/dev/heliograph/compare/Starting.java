package dev.heliograph.compare;

import java.time.Duration;

/// From the start of the process to the first connection that it accepts, and the resident set of a server at rest.
final class Starting {

    private final Sheet sheet;
    private final int rounds;

    Starting(Sheet sheet, int rounds) {
        this.sheet = sheet;
        this.rounds = rounds;
    }

    void run() {
        for (int i = 0; i < rounds; i++) {
            for (Peer peer : Peer.values()) {
                try (Running server = Running.start(peer, Peer.Task.ALONE)) {
                    sheet.add("start_s", peer, server.startSeconds());
                    Waiting.sleep(Duration.ofSeconds(3));
                    sheet.add("rest_rss_mb", peer, server.rss() / 1024.0 / 1024);
                }
            }
        }
        sheet.ownAtMost("start_s", 1);
        sheet.ownAtMost("rest_rss_mb", 120);
    }
}
