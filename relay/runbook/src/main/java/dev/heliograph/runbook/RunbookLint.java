package dev.heliograph.runbook;

import dev.heliograph.runbook.RunbookException.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Whether runbooks, the rules of Prometheus, and playbooks fit together. Blocks.
public final class RunbookLint {

    private static final String SUFFIX = ".md";

    /// Severities of alerts that somebody must do something about.
    private static final Set<String> ACTED_ON = Set.of("page", "ticket");

    private final TreeMap<String, Source> runbooks = new TreeMap<>();
    private final List<Finding> findings = new ArrayList<>();

    private RunbookLint() {}

    /// A runbook with the lines that it was read from.
    private record Source(String file, Runbook runbook, List<String> lines) {

        /// The first line that begins with this, indented or not.
        int line(String beginning) {
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).strip().startsWith(beginning)) {
                    return i + 1;
                }
            }
            return 1;
        }
    }

    private record Finding(String file, int line, String sentence) {

        @Override
        public String toString() {
            return file + ":" + line + ": " + sentence;
        }
    }

    /// All that is wrong, as `FILE:LINE: SENTENCE`, in the order of files and lines; empty if nothing is.
    ///
    /// @param folder    of the runbooks; each `*.md` in it is one, but for `README.md`
    /// @param rules     files of rules of Prometheus; with none alerts are not looked at
    /// @param playbooks the folder of the playbooks; without one they are not looked at
    /// @throws UncheckedIOException if a file cannot be read
    public static List<String> check(Path folder, List<Path> rules, Optional<Path> playbooks) {
        RunbookLint lint = new RunbookLint();
        try {
            lint.read(folder);
            if (!rules.isEmpty()) {
                List<AlertRule> alerts = new ArrayList<>();
                for (Path file : rules) {
                    lint.rules(file, alerts);
                }
                lint.compare(alerts);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        playbooks.ifPresent(lint::playbooks);
        return lint.findings.stream()
                .sorted(Comparator.comparing(Finding::file).thenComparingInt(Finding::line))
                .map(Finding::toString)
                .toList();
    }

    private void read(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(SUFFIX))
                    .filter(file -> !file.endsWith("README.md"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            String name = file.toString();
            String text = Files.readString(file);
            List<String> lines = text.lines().toList();
            try {
                Source source = new Source(name, RunbookParser.parse(name, text), lines);
                String id = source.runbook().id();
                if (!file.endsWith(id + SUFFIX)) {
                    add(source, "id:", "its id is " + id + "; name and id are alike");
                }
                runbooks.put(id, source);
            } catch (RunbookException e) {
                for (Problem problem : e.problems()) {
                    findings.add(new Finding(name, problem.line(), problem.sentence()));
                }
            }
        }
    }

    private void rules(Path file, List<AlertRule> alerts) throws IOException {
        try {
            alerts.addAll(AlertRule.read(file.toString(), Files.readString(file)));
        } catch (RunbookException e) {
            e.problems()
                    .forEach(problem -> findings.add(new Finding(file.toString(), problem.line(), problem.sentence())));
        }
    }

    private void compare(List<AlertRule> alerts) {
        Set<String> names = new HashSet<>();
        for (AlertRule alert : alerts) {
            names.add(alert.name());
            if (ACTED_ON.contains(alert.severity())) {
                runbookOf(alert);
            }
        }
        for (Source source : runbooks.values()) {
            for (String alert : source.runbook().alerts()) {
                if (!names.contains(alert)) {
                    add(source, "alerts:", "no rule defines the alert " + alert);
                }
            }
        }
    }

    private void runbookOf(AlertRule alert) {
        String what = "the alert " + alert.name() + " of severity " + alert.severity();
        if (alert.runbook().isEmpty()) {
            findings.add(new Finding(alert.file(), alert.line(), what + " has no runbook_url"));
        } else if (!runbooks.containsKey(alert.runbook())) {
            findings.add(new Finding(
                    alert.file(), alert.line(), what + " leads to a runbook that is not there: " + alert.runbook()));
        }
    }

    private void playbooks(Path folder) {
        for (Source source : runbooks.values()) {
            for (Step step : source.runbook().steps()) {
                playbook(folder, source, step.action());
                step.undo().ifPresent(undo -> playbook(folder, source, undo));
            }
        }
    }

    private void playbook(Path folder, Source source, ActionCall call) {
        Template playbook = call.arguments().get("playbook");
        if (call.kind() != ActionKind.ANSIBLE_PLAYBOOK || playbook == null) {
            return;
        }
        String line = "playbook: " + playbook.text();
        if (!playbook.variables().isEmpty()) {
            add(source, line, "the name of a playbook is no variable");
        } else if (!Files.isRegularFile(folder.resolve(playbook.text() + ".yml"))) {
            add(source, line, "there is no playbook '" + playbook.text() + "'");
        }
    }

    private void add(Source source, String beginning, String sentence) {
        findings.add(new Finding(source.file(), source.line(beginning), sentence));
    }
}
