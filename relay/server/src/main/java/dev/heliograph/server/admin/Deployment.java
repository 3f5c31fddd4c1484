package dev.heliograph.server.admin;

import dev.heliograph.server.control.DocumentType;
import java.util.List;

/// A deployment as whoever runs it tells it: the last one is kept until the next begins.
///
/// @param previous      the version of before; empty if there was none
/// @param from          the colour of before; empty without colours
/// @param to            the colour that takes over; empty without colours
/// @param canaryPercent of new clients that the new version gets
/// @param by            who runs it
/// @param startedMs     Unix milliseconds
/// @param updatedMs     Unix milliseconds when this was so
/// @param note          a few words on how it stands; may be empty
/// @param verdicts      on the canary, the oldest first
record Deployment(
        String id,
        String version,
        String previous,
        String from,
        String to,
        Strategy strategy,
        Phase phase,
        int canaryPercent,
        String by,
        long startedMs,
        long updatedMs,
        String note,
        List<DeploymentVerdict> verdicts) {

    static final DocumentType<Deployment> TYPE = new DocumentType<>("deployment", Deployment.class);

    /// There is one document.
    static final String KEY = "current";

    /// How the new version comes in.
    enum Strategy {
        /// Beside the old one, which stays until nobody uses it.
        BLUE_GREEN,
        /// In its place, node by node.
        ROLLING
    }

    /// Where a deployment is. Those up to `DONE` follow one another; the others end it before its time.
    enum Phase {
        PREFLIGHT,
        INSTALL,
        SMOKE,
        CANARY,
        SWITCH,
        DRAIN,
        BAKE,
        RETIRE,
        DONE,
        ROLLING_BACK,
        ROLLED_BACK,
        FAILED;

        /// Whether nothing comes after it.
        boolean isFinished() {
            return this == DONE || this == ROLLED_BACK || this == FAILED;
        }
    }

    /// What the comparison of the canary with the version of before says.
    enum Verdict {
        PASS,
        FAIL,
        INCONCLUSIVE,
        /// It is being compared.
        RUNNING
    }

    /// @param percent of new clients that the canary had
    /// @param reasons in a few words each
    /// @param atMs    Unix milliseconds; 0 if that is not known
    record DeploymentVerdict(int percent, Verdict verdict, List<String> reasons, long atMs) {}

    Deployment {
        verdicts = List.copyOf(verdicts);
    }

    /// Whether it tells something that is worth a line of the record: another deployment, phase or verdict. The rest
    /// comes every few seconds.
    boolean isNewsAfter(Deployment before) {
        return !id.equals(before.id)
                || phase != before.phase
                || canaryPercent != before.canaryPercent
                || !judged().equals(before.judged());
    }

    private record Judged(int percent, Verdict verdict) {}

    private List<Judged> judged() {
        return verdicts.stream()
                .map(each -> new Judged(each.percent, each.verdict))
                .toList();
    }
}
