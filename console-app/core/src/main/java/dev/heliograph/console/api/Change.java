package dev.heliograph.console.api;

/// How a change is made.
///
/// @param dryRun only told what it would touch
/// @param reason for the audit record; may be empty
/// @param force  also if it keeps out the address that the operator comes from; heeded by rules of addresses only
public record Change(boolean dryRun, String reason, boolean force) {

    /// Tells what would be touched, and changes nothing.
    public static final Change DRY_RUN = new Change(true, "", false);

    public static Change because(String reason) {
        return new Change(false, reason, false);
    }

    public Change forced() {
        return new Change(dryRun, reason, true);
    }
}
