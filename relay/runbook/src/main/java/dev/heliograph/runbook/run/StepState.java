package dev.heliograph.runbook.run;

/// How far a step is.
///
/// ```
/// OPEN ──done──► VERIFYING ──checks hold──► DONE ──undo──► UNDONE
///  │ ▲               └──not in time──► FAILED ──again──► VERIFYING
///  │ └──(again)
///  └──skip──► SKIPPED ──done after all──► VERIFYING
/// ```
public enum StepState {
    /// Nothing was done yet.
    OPEN,
    /// It was done, and what it promised is looked for.
    VERIFYING,
    /// It was done, and what it promised is so.
    DONE,
    /// It could not be done, or what it promised is not so.
    FAILED,
    /// It was left out, with a reason.
    SKIPPED,
    /// It was taken back.
    UNDONE;

    StepState after(Entry.Kind kind, boolean checked) {
        return switch (kind) {
            case LOOKED, DONE -> checked ? VERIFYING : DONE;
            case VERIFIED -> DONE;
            case FAILED, UNVERIFIED -> FAILED;
            case SKIPPED -> SKIPPED;
            case UNDONE -> UNDONE;
            case BEGUN, SET, NOTE, FINISHED -> this;
        };
    }
}
