package dev.heliograph.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.heliograph.runbook.cluster.AnsiblePlaybooks;
import dev.heliograph.runbook.run.Change;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Labels of an alert are data, whatever is in them.
final class InjectionTest {

    private static final String TEXT = """
            ---
            id: t
            title: t
            alerts: T
            severity: page
            owner: on-call
            var network: network from evil -- n
            var address: address from evil -- a
            var name: name from evil -- n
            var number: number from evil -- n
            var time: duration from evil -- d
            var text: text from evil -- t
            ---
            ## Diagnosis
            ### Look
            ```step
            id: look
            class: read
            action: connection.list
              q: user = {text}
            check: prometheus(up{job="{text}"}) = 1
            ```
            """;

    private static final Runbook RUNBOOK = RunbookParser.parse("t.md", TEXT);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"} or vector(1) #",
                "' OR 1=1",
                "a\nid: b",
                "a\r\nX: y",
                "$(reboot)",
                "`reboot`",
                "; reboot",
                "&& reboot",
                "| reboot",
                "{{ lookup('pipe', 'reboot') }}",
                "{% for %}",
                "{text}",
                "../../etc/passwd",
                "-e evil=1",
                "10.0.0.0/33",
                "10.0.0.0/24; drop",
                "-1e9",
                "1h; reboot",
                "\u0000",
                "\u202egnp.exe\n"
            })
    void whatIsNotOfTheTypeIsLeftOutAndTextsStayTexts(String evil) {
        Values values = Values.of(RUNBOOK, Map.of("evil", evil));
        for (String name : List.of("network", "address", "name", "number", "time")) {
            assertThat(values.get(name)).as(name).isEmpty();
        }
        for (Variable variable : RUNBOOK.variables()) {
            if (variable.type() != VariableType.TEXT) {
                assertThatThrownBy(() -> values.with(variable.name(), evil)).isInstanceOf(RunbookException.class);
            }
        }
        if (values.get("text").isEmpty()) {
            assertThat(evil.chars()).anyMatch(Character::isISOControl);
            return;
        }
        String query = RUNBOOK.steps().getFirst().action().fill(values).getOrDefault("q", "");
        assertThat(insideQuotes(query, "user = \"", "\"")).isEqualTo(evil);
        Check check = RUNBOOK.steps().getFirst().after().getFirst();
        String promql = check.measure().language(0).fill(check.arguments().getFirst(), values);
        assertThat(insideQuotes(promql, "up{job=\"", "\"}")).isEqualTo(evil);
    }

    /// The text between, unescaped; it fails where a quote ends it before its end.
    private static String insideQuotes(String whole, String before, String after) {
        assertThat(whole).startsWith(before).endsWith(after);
        String inside = whole.substring(before.length(), whole.length() - after.length());
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < inside.length(); i++) {
            if (inside.charAt(i) == '\\') {
                i++;
            } else {
                assertThat(inside.charAt(i)).isNotEqualTo('"');
            }
            text.append(inside.charAt(i));
        }
        return text.toString();
    }

    @Test
    void aPlaybookGetsItsVariablesAsDataAndNoShell() throws Exception {
        Files.writeString(folder.resolve("deploy.yml"), "[]");
        Path seen = folder.resolve("seen");
        Path program = Files.writeString(folder.resolve("ansible-playbook"), """
                #!/bin/sh
                for each in "$@"; do
                    printf '%%s\\n' "$each" >>'%1$s'
                    case "$each" in --extra-vars=@*) cat "${each#--extra-vars=@}" >'%1$s.json' ;; esac
                done
                echo done
                """.formatted(seen));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Files.writeString(folder.resolve("hosts"), "");
        AnsiblePlaybooks playbooks = new AnsiblePlaybooks(folder, folder.resolve("hosts"), program.toString());
        String evil = "$(touch pwned) ; `reboot` \" ' \\ && |";
        Change play = playbooks.propose(Map.of("playbook", "deploy", "limit", "relay-1", "note", evil));
        assertThat(play.make("").sentence()).isEqualTo("Ran the playbook deploy: done");
        JsonNode variables = new JsonMapper().readTree(Files.readString(folder.resolve("seen.json")));
        assertThat(variables).isEqualTo(new JsonMapper().createObjectNode().put("note", evil));
        assertThat(Files.readString(seen)).contains("--limit=relay-1").doesNotContain("reboot");
    }

    @Test
    void theCommandThatIsShownIsTheSameToAShell() throws Exception {
        Files.writeString(folder.resolve("deploy.yml"), "[]");
        Files.writeString(folder.resolve("hosts"), "");
        Path program = Files.writeString(folder.resolve("ansible-playbook"), """
                #!/bin/sh
                printf '%s\\n' "$@"
                """);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        AnsiblePlaybooks playbooks = new AnsiblePlaybooks(folder, folder.resolve("hosts"), program.toString());
        String evil = "$(touch pwned) ; `reboot` \" ' \\ && | \n\u001b[2J\u202e";
        Change play = playbooks.propose(Map.of("playbook", "deploy", "limit", "all:!relay-1", "note", evil));
        Process shell = new ProcessBuilder("/bin/sh", "-c", play.effects().getFirst()).start();
        List<String> words = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(words)
                .startsWith(
                        "--inventory",
                        folder.resolve("hosts").toString(),
                        folder.resolve("deploy.yml").toString(),
                        "--limit=all:!relay-1",
                        "--extra-vars")
                .hasSize(6);
        assertThat(words.getLast().chars()).allMatch(letter -> letter >= ' ' && letter <= '~');
        assertThat(new JsonMapper().readTree(words.getLast()))
                .isEqualTo(new JsonMapper().createObjectNode().put("note", evil));
    }

    @Test
    void aTemplateAForeignPlaybookAndForeignHostsAreRefused() throws Exception {
        Files.writeString(folder.resolve("deploy.yml"), "[]");
        AnsiblePlaybooks playbooks = new AnsiblePlaybooks(folder, folder.resolve("hosts"), "ansible-playbook");
        assertThatThrownBy(() -> playbooks.propose(Map.of("playbook", "deploy", "note", "{{ 1 + 1 }}")))
                .hasMessage("The value of note is a template to Ansible, and is refused.");
        assertThatThrownBy(() -> playbooks.propose(Map.of("playbook", "../deploy")))
                .hasMessageStartingWith("There is no playbook '../deploy'");
        assertThatThrownBy(() -> playbooks.propose(Map.of("playbook", "deploy", "limit", "-e x=1")))
                .hasMessage("'-e x=1' names no hosts.");
    }
}
