package dev.heliograph.drill;

/// What a drill was worth, of 100.
///
/// @param detected  25: the alert fired in time
/// @param only      15: no other alert did
/// @param steps     25: the steps of the runbook succeeded unattended
/// @param impact    25: no subscriber was without messages for longer than the budget
/// @param recovered 10: in time no alert fired any more, and all was delivered
/// @param lost      acknowledged messages that a subscriber never got: more than none fails, whatever the rest
///     says
public record Score(boolean detected, boolean only, boolean steps, boolean impact, boolean recovered, long lost) {

    static final int PASS = 80;

    /// 0 to 100.
    public int points() {
        return (detected ? 25 : 0) + (only ? 15 : 0) + (steps ? 25 : 0) + (impact ? 25 : 0) + (recovered ? 10 : 0);
    }

    public boolean passed() {
        return points() >= PASS && lost == 0;
    }
}
