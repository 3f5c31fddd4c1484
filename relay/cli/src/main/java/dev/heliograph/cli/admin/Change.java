package dev.heliograph.cli.admin;

import picocli.CommandLine.Option;

/// The options of everything that changes something.
final class Change {

    @Option(names = "--dry-run", description = "Show what would be touched, and change nothing.")
    private boolean dryRun;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the audit record.")
    private String reason = "";

    AdminClient.Call on(AdminClient.Call call) {
        return call.flag("dry_run", dryRun).with("reason", reason);
    }

    boolean dryRun() {
        return dryRun;
    }
}
