package dev.heliograph.server.admin;

import dev.heliograph.server.admin.Deployment.DeploymentVerdict;
import dev.heliograph.server.admin.Deployment.Phase;
import dev.heliograph.server.admin.Deployment.Strategy;
import dev.heliograph.server.control.ConflictException;
import dev.heliograph.server.control.Control;
import dev.heliograph.server.control.Document;
import dev.heliograph.server.control.Edit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The deployment that goes on, or the last one: told by what runs it, shown to all. The relay itself does nothing
/// with it.
final class DeploymentApi {

    private static final Pattern ID = Pattern.compile("[-._:+@a-zA-Z0-9]{1,64}");

    private static final int MAX_NAME = 64;
    private static final int MAX_BY = 128;
    private static final int MAX_NOTE = 500;
    private static final int MAX_VERDICTS = 50;
    private static final int MAX_REASONS = 10;
    private static final int MAX_REASON = 200;

    /// The same as [Deployment], with what may be left out.
    record DeploymentWish(
            String id,
            String version,
            @Nullable String previous,
            @Nullable String from,
            @Nullable String to,
            Strategy strategy,
            Phase phase,
            @Nullable Integer canaryPercent,
            String by,
            long startedMs,
            long updatedMs,
            @Nullable String note,
            @Nullable List<DeploymentVerdict> verdicts) {

        /// @throws AdminException 400 if it is out of bounds
        Deployment deployment() {
            if (!ID.matcher(id).matches()) {
                throw AdminException.invalid("id is not 1 to 64 letters, digits, '-', '.', '_', ':', '+' and '@'");
            }
            require(version, "version", 1, MAX_NAME);
            require(by, "by", 1, MAX_BY);
            if (startedMs <= 0) {
                throw AdminException.invalid("started_ms is needed: Unix milliseconds");
            }
            if (updatedMs < startedMs) {
                throw AdminException.invalid("updated_ms is before started_ms");
            }
            return new Deployment(
                    id,
                    version,
                    text(previous, "previous", MAX_NAME),
                    text(from, "from", MAX_NAME),
                    text(to, "to", MAX_NAME),
                    strategy,
                    phase,
                    percent(Objects.requireNonNullElse(canaryPercent, 0), "canary_percent"),
                    by,
                    startedMs,
                    updatedMs,
                    text(note, "note", MAX_NOTE),
                    checked(Objects.requireNonNullElse(verdicts, List.of())));
        }

        private static List<DeploymentVerdict> checked(List<DeploymentVerdict> verdicts) {
            if (verdicts.size() > MAX_VERDICTS) {
                throw AdminException.invalid("verdicts are at most " + MAX_VERDICTS + ", not " + verdicts.size());
            }
            for (int i = 0; i < verdicts.size(); i++) {
                DeploymentVerdict each = verdicts.get(i);
                String where = "verdicts[" + i + "].";
                percent(each.percent(), where + "percent");
                if (each.atMs() < 0) {
                    throw AdminException.invalid(where + "at_ms is less than 0");
                }
                List<String> reasons = each.reasons();
                if (reasons.size() > MAX_REASONS) {
                    throw AdminException.invalid(
                            where + "reasons are at most " + MAX_REASONS + ", not " + reasons.size());
                }
                for (int j = 0; j < reasons.size(); j++) {
                    require(reasons.get(j), where + "reasons[" + j + "]", 1, MAX_REASON);
                }
            }
            return verdicts;
        }

        private static String text(@Nullable String text, String name, int max) {
            String given = Objects.requireNonNullElse(text, "");
            require(given, name, 0, max);
            return given;
        }

        private static void require(String text, String name, int min, int max) {
            if (text.length() < min || text.length() > max) {
                throw AdminException.invalid(
                        "%s has %d to %d characters, not %d".formatted(name, min, max, text.length()));
            }
        }

        private static int percent(int percent, String name) {
            if (percent < 0 || percent > 100) {
                throw AdminException.invalid(name + " is 0 to 100, not " + percent);
            }
            return percent;
        }
    }

    record DeploymentChange(Deployment deployment, boolean dryRun) {}

    private final Control control;

    DeploymentApi(Control control) {
        this.control = control;
    }

    List<Route> routes() {
        return List.of(
                Route.get(
                        "/v1/deployment",
                        "deployment.get",
                        Role.VIEWER,
                        "The deployment that goes on, or the last one; 404 if none was told yet.",
                        List.of(),
                        Deployment.class,
                        _ -> stored().map(Document::body)
                                .orElseThrow(() -> AdminException.notFound("there was no deployment yet"))),
                Route.change(
                        Route.Method.PUT,
                        "/v1/deployment",
                        "deployment.put",
                        Role.OPERATOR,
                        "Tell how a deployment stands. While one is not finished, only a later one takes its place.",
                        List.of(),
                        DeploymentWish.class,
                        DeploymentChange.class,
                        this::put));
    }

    private Optional<Document<Deployment>> stored() {
        return control.find(Deployment.TYPE, Deployment.KEY);
    }

    private DeploymentChange put(Call call) {
        Deployment next = call.body(DeploymentWish.class).deployment();
        call.about(target(next));
        Optional<Document<Deployment>> document = stored();
        Optional<Deployment> before = document.map(Document::body);
        before.ifPresent(stored -> requireLater(stored, next));
        if (!call.dryRun()) {
            long expected = document.map(Document::revision).orElse(0L);
            var edits = List.of(new Edit.Put<>(Deployment.TYPE, Deployment.KEY, next, 0, expected));
            try {
                if (before.isEmpty() || next.isNewsAfter(before.get())) {
                    control.commit(edits, call.entry(target(next), before.orElse(null), next, "ok"));
                } else {
                    control.commit(edits);
                }
            } catch (ConflictException _) {
                throw AdminException.conflict("the deployment was changed at the same moment; try again");
            }
        }
        return new DeploymentChange(next, call.dryRun());
    }

    /// What comes late must not bring back what is over. A deployment that was given up does not keep the next one
    /// out.
    private static void requireLater(Deployment stored, Deployment next) {
        if (next.startedMs() > stored.startedMs()) {
            return;
        }
        if (next.id().equals(stored.id())) {
            if (next.updatedMs() < stored.updatedMs()) {
                throw AdminException.conflict("the deployment %s is known as of %d, which is later than %d"
                        .formatted(stored.id(), stored.updatedMs(), next.updatedMs()));
            }
        } else if (!stored.phase().isFinished()) {
            throw AdminException.conflict("the deployment %s is not finished (%s), and %s did not begin after it"
                    .formatted(stored.id(), word(stored.phase()), next.id()));
        }
    }

    private static String target(Deployment deployment) {
        return "%s %s (%s)".formatted(deployment.version(), word(deployment.phase()), deployment.id());
    }

    private static String word(Phase phase) {
        return phase.name().toLowerCase(Locale.ROOT);
    }
}
