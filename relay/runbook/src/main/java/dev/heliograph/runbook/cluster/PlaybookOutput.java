package dev.heliograph.runbook.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What `ansible-playbook` has printed, by its callback `default` with results as JSON in one line, read for people.
final class PlaybookOutput {

    private static final Pattern TASK = Pattern.compile("(?:TASK|RUNNING HANDLER) \\[(.*)] ?\\**");
    private static final Pattern FAILURE = Pattern.compile("(?:fatal|failed): \\[([^]]+)](.*)");
    private static final Pattern ERROR = Pattern.compile("(?:ERROR! |\\[ERROR]: )(.*)");
    private static final Pattern RECAP = Pattern.compile("(\\S+) +: ok=\\d.*");
    private static final Pattern COUNT = Pattern.compile("([a-z]+)=(\\d+)");
    private static final String RESULT = " => ";
    private static final String IGNORED = "...ignoring";
    private static final Set<String> ALL_ITEMS = Set.of("All items completed", "One or more items failed");
    private static final String PLACE = "The error appears to be in ";
    private static final String NOBODY = "skipping: no hosts matched";

    /// As much as fits into a transcript.
    private static final int MOST_FAILURES = 3;
    private static final int MOST_HOSTS = 8;
    private static final int MOST_LETTERS = 300;
    private static final int LAST_LINES = 3;

    private static final JsonMapper JSON = new JsonMapper();

    private final List<String> lines;

    PlaybookOutput(String text) {
        this.lines =
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    /// @param what is said of it, with the task that it is of
    private record Failure(String host, String what) {}

    /// The name of the task that begins with this line.
    static Optional<String> task(String line) {
        Matcher task = TASK.matcher(line.strip());
        return task.matches() ? Optional.of(task.group(1)) : Optional.empty();
    }

    /// What was done on which host: `relay1: ok=31 changed=2`. Empty if no host was meant.
    Optional<String> recap() {
        List<String> hosts = lines.stream()
                .map(RECAP::matcher)
                .filter(Matcher::matches)
                .map(recap -> recap.group(1) + ":" + counts(recap.group()))
                .toList();
        if (hosts.isEmpty()) {
            return lines.contains(NOBODY) ? Optional.empty() : Optional.of(end());
        }
        return Optional.of(some(hosts, MOST_HOSTS, "hosts", ", "));
    }

    /// Those that are not zero, and always how many tasks went well and changed something.
    private static String counts(String recap) {
        StringBuilder counts = new StringBuilder();
        Matcher count = COUNT.matcher(recap);
        while (count.find()) {
            String name = count.group(1);
            boolean always = name.equals("ok") || name.equals("changed");
            if (always || !name.equals("skipped") && !count.group(2).equals("0")) {
                counts.append(' ').append(count.group());
            }
        }
        return counts.toString();
    }

    /// Why it failed, to be said after a verb: ` on` which hosts, what Ansible says of it, and in which task; else `:`
    /// and what it says of the playbook, or its last lines; nothing if it has printed nothing.
    String failure() {
        List<Failure> failures = failures();
        if (!failures.isEmpty()) {
            Map<String, List<String>> hosts = new LinkedHashMap<>();
            failures.forEach(failure -> hosts.computeIfAbsent(failure.what(), _ -> new ArrayList<>())
                    .add(failure.host()));
            List<String> all = hosts.entrySet().stream()
                    .map(each ->
                            "on " + some(each.getValue().stream().distinct().toList(), MOST_HOSTS, "hosts", ", ") + ": "
                                    + each.getKey())
                    .toList();
            return " " + some(all, MOST_FAILURES, "failures", "; ");
        }
        List<String> errors = errors();
        String said = errors.isEmpty() ? end() : some(errors, MOST_FAILURES, "errors", "; ");
        return said.isEmpty() ? "" : ": " + said;
    }

    /// Those that were not ignored, in their order.
    private List<Failure> failures() {
        List<Failure> found = new ArrayList<>();
        String task = "";
        for (String line : lines) {
            Optional<String> begun = task(line);
            if (begun.isPresent()) {
                task = begun.get();
            } else if (line.equals(IGNORED) && !found.isEmpty()) {
                // Of a loop each item is a line, and what follows the last one is for all of them.
                String host = found.getLast().host();
                while (!found.isEmpty()
                        && found.getLast().host().equals(host)
                        && found.getLast().what().endsWith(at(task))) {
                    found.removeLast();
                }
            } else {
                Matcher failure = FAILURE.matcher(line);
                if (failure.matches()) {
                    add(found, failure.group(1), reason(failure.group(2)), task);
                }
            }
        }
        return found;
    }

    /// What is said of a loop as a whole adds nothing to what was said of its items.
    private static void add(List<Failure> found, String host, String reason, String task) {
        boolean ofLoop = ALL_ITEMS.contains(reason)
                && !found.isEmpty()
                && found.getLast().host().equals(host);
        if (!ofLoop) {
            found.add(new Failure(host, reason + at(task)));
        }
    }

    private static String at(String task) {
        return task.isEmpty() ? "" : " (in " + task + ")";
    }

    /// What a result says. An item of a loop may look like the beginning of one.
    private static String reason(String line) {
        for (int at = line.indexOf(RESULT); at >= 0; at = line.indexOf(RESULT, at + 1)) {
            Optional<JsonNode> result = json(line.substring(at + RESULT.length()));
            if (result.isPresent() && result.get().isObject()) {
                return brief(reason(result.get()));
            }
        }
        return brief(line);
    }

    private static String reason(JsonNode result) {
        String message = text(result.has("censored") ? result.path("censored") : result.path("msg"));
        if (message.isEmpty()) {
            return result.toString();
        }
        boolean saysNothing = message.startsWith("non-zero return code") || message.startsWith("MODULE FAILURE");
        return saysNothing ? message + printed(result).map(line -> ": " + line).orElse("") : message;
    }

    /// The last that the program of the task has printed.
    private static Optional<String> printed(JsonNode result) {
        return Stream.of("stderr", "module_stderr", "stdout", "module_stdout")
                .map(name -> result.path(name).asText().strip())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .map(text -> text.lines().toList().getLast());
    }

    private static String text(JsonNode node) {
        if (node.isArray()) {
            return node.valueStream().map(PlaybookOutput::text).collect(Collectors.joining(" "));
        }
        return node.isObject() ? node.toString() : node.asText();
    }

    private static Optional<JsonNode> json(String text) {
        try {
            return Optional.of(JSON.readTree(text));
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }

    /// What it says of playbooks and inventories, rather than of hosts.
    private List<String> errors() {
        List<String> found = new ArrayList<>();
        for (String line : lines) {
            Matcher error = ERROR.matcher(line);
            if (error.matches()) {
                found.add(brief(error.group(1)));
            } else if (line.startsWith(PLACE) && !found.isEmpty()) {
                String place = line.substring(PLACE.length()).replaceFirst(", but may$", "");
                found.add(found.removeLast() + " (" + place + ")");
            }
        }
        return found;
    }

    private String end() {
        return String.join(" / ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    private static String brief(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= MOST_LETTERS ? line : line.substring(0, MOST_LETTERS) + "…";
    }

    private static String some(List<String> all, int most, String what, String between) {
        return all.size() <= most
                ? String.join(between, all)
                : String.join(between, all.subList(0, most)) + between + (all.size() - most) + " more " + what;
    }
}
