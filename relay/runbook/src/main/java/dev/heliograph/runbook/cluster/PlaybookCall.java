package dev.heliograph.runbook.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.heliograph.runbook.RunbookException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A playbook as a step wants it run. Its values are data: none is a template to Ansible, and none is more than a word
/// to a shell.
///
/// @param limit     hosts, as Ansible writes them
/// @param variables by name
record PlaybookCall(String playbook, Optional<String> limit, Map<String, String> variables) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");
    private static final Pattern HOSTS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:,&!-]{0,255}");
    private static final Pattern TEMPLATE = Pattern.compile("\\{\\{|\\{%|\\{#");

    /// At the end of one of several patterns, and not all of it.
    private static final Pattern COLOUR = Pattern.compile("(?<=[^,:&!])-(?:blue|green)(?=[,:]|$)");

    /// What a shell takes as it stands.
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    /// What is shown may have no letters that change how others look.
    private static final ObjectWriter JSON = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build()
            .writer();

    /// Nodes are called after their host and colour, `relay1-blue`, and hosts `relay1`: each pattern of the limit is
    /// taken without its colour. A host whose own name ends with one cannot be meant.
    ///
    /// @param arguments of the step: `playbook`, `limit`, and variables
    /// @throws RunbookException if a value cannot be data
    static PlaybookCall of(Map<String, String> arguments) {
        Map<String, String> variables = new TreeMap<>(arguments);
        String playbook = String.valueOf(variables.remove("playbook"));
        if (!NAME.matcher(playbook).matches()) {
            throw new RunbookException("There is no playbook '" + playbook + "'.");
        }
        Optional<String> limit = Optional.ofNullable(variables.remove("limit"));
        if (limit.isPresent() && !HOSTS.matcher(limit.get()).matches()) {
            throw new RunbookException("'" + limit.get() + "' names no hosts.");
        }
        variables.forEach((name, value) -> {
            if (TEMPLATE.matcher(value).find()) {
                throw new RunbookException("The value of " + name + " is a template to Ansible, and is refused.");
            }
        });
        return new PlaybookCall(
                playbook, limit.map(hosts -> COLOUR.matcher(hosts).replaceAll("")), variables);
    }

    Path file(Path folder) {
        return folder.resolve(playbook + ".yml");
    }

    /// The command but for its variables.
    List<String> words(String program, String inventory, Path folder) {
        List<String> words = new ArrayList<>(
                List.of(program, "--inventory", inventory, file(folder).toString()));
        limit.ifPresent(hosts -> words.add("--limit=" + hosts));
        return words;
    }

    /// The whole command, as somebody would type it.
    String line(String program, String inventory, Path folder) {
        List<String> words = words(program, inventory, folder);
        if (!variables.isEmpty()) {
            words.add("--extra-vars");
            words.add(json(variables));
        }
        return words.stream().map(PlaybookCall::quoted).collect(Collectors.joining(" "));
    }

    private static String json(Map<String, String> variables) {
        try {
            return JSON.writeValueAsString(variables);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
