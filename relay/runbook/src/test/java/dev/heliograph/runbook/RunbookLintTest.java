package dev.heliograph.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunbookLintTest {

    private static final String FLOOD = """
            ---
            id: flood
            title: A flood
            alerts: Flood
            severity: page
            owner: on-call
            ---
            ## Mitigation
            ### Put it right
            ```step
            id: mend
            class: mutate
            action: ansible.playbook
              playbook: site
            check: nodes() > 0
            no-undo: it puts things as they should be
            ```
            """;

    private static final String RULES = """
            groups:
              - name: g
                rules:
                  - record: a:b:c
                    expr: up
                  - alert: Flood
                    expr: up > 1
                    labels:
                      severity: page
                    annotations:
                      runbook_url: https://git.example/runbooks/flood.md#mitigation
                  - alert: Watchdog
                    expr: vector(1)
                    labels:
                      severity: info
            """;

    @TempDir
    private Path folder;

    private Path runbooks;
    private Path rules;
    private Path playbooks;

    @BeforeEach
    void aFolderThatIsRight() throws IOException {
        runbooks = Files.createDirectory(folder.resolve("runbooks"));
        playbooks = Files.createDirectory(folder.resolve("ansible"));
        rules = folder.resolve("rules.yaml");
        Files.writeString(runbooks.resolve("flood.md"), FLOOD);
        Files.writeString(runbooks.resolve("README.md"), "nothing");
        Files.writeString(rules, RULES);
        Files.writeString(playbooks.resolve("site.yml"), "[]");
    }

    private List<String> findings() {
        return RunbookLint.check(runbooks, List.of(rules), Optional.of(playbooks)).stream()
                .map(each -> each.replace(folder + "/", ""))
                .toList();
    }

    private void inFlood(String right, String wrong) throws IOException {
        assertThat(FLOOD).contains(right);
        Files.writeString(runbooks.resolve("flood.md"), FLOOD.replace(right, wrong));
    }

    private void inRules(String right, String wrong) throws IOException {
        assertThat(RULES).contains(right);
        Files.writeString(rules, RULES.replace(right, wrong));
    }

    @Test
    void whatFitsTogetherHasNothingToBeSaid() {
        assertThat(findings()).isEmpty();
    }

    @Test
    void anAlertToBeActedOnHasARunbookThatIsThere() throws IOException {
        inRules("flood.md#mitigation", "floods.md");
        assertThat(findings())
                .containsExactly(
                        "rules.yaml:6: the alert Flood of severity page leads to a runbook that is not there: floods");
        inRules("runbook_url", "summary");
        assertThat(findings()).containsExactly("rules.yaml:6: the alert Flood of severity page has no runbook_url");
        inRules("severity: info", "severity: ticket");
        assertThat(findings())
                .containsExactly("rules.yaml:12: the alert Watchdog of severity ticket has no runbook_url");
    }

    @Test
    void aRunbookNamesAlertsThatThereAre() throws IOException {
        inFlood("alerts: Flood", "alerts: Flood, Storm");
        assertThat(findings()).containsExactly("runbooks/flood.md:4: no rule defines the alert Storm");
        assertThat(RunbookLint.check(runbooks, List.of(), Optional.empty())).isEmpty();
    }

    @Test
    void aPlaybookIsThere() throws IOException {
        inFlood("playbook: site", "playbook: sight");
        assertThat(findings()).containsExactly("runbooks/flood.md:14: there is no playbook 'sight'");
        inFlood("no-undo: it puts things as they should be", "undo: ansible.playbook\n  playbook: unsite");
        assertThat(findings()).containsExactly("runbooks/flood.md:17: there is no playbook 'unsite'");
        inFlood("owner: on-call", "owner: on-call\nvar which: name = site -- Which");
        Files.writeString(
                runbooks.resolve("flood.md"),
                Files.readString(runbooks.resolve("flood.md")).replace("playbook: site", "playbook: {which}"));
        assertThat(findings()).containsExactly("runbooks/flood.md:15: the name of a playbook is no variable");
        assertThat(RunbookLint.check(runbooks, List.of(rules), Optional.empty()))
                .isEmpty();
    }

    @Test
    void whatTheParserRefusesIsSaidWithItsLine() throws IOException {
        inFlood("ansible.playbook", "ansible.play");
        assertThat(findings())
                .containsExactly(
                        "rules.yaml:6: the alert Flood of severity page leads to a runbook that is not there: flood",
                        "runbooks/flood.md:10: there is no action 'ansible.play'");
        inFlood("no-undo: it puts things as they should be\n", "");
        assertThat(findings())
                .contains(
                        "runbooks/flood.md:10: a step that changes something has an undo, or no-undo with the reason");
        inFlood("severity: page", "severity: loud");
        assertThat(findings()).contains("runbooks/flood.md:5: 'loud' is no severity: page, ticket, info, procedure");
    }

    @Test
    void aFileIsNamedAfterItsId() throws IOException {
        Files.move(runbooks.resolve("flood.md"), runbooks.resolve("floods.md"));
        assertThat(findings()).containsExactly("runbooks/floods.md:2: its id is flood; name and id are alike");
    }

    @Test
    void rulesThatCannotBeReadAreSaidWithTheirLine() throws IOException {
        inRules("severity: info", "severity: 'info");
        assertThat(findings()).anySatisfy(each -> assertThat(each).startsWith("rules.yaml:16: "));
        Files.writeString(rules, "- alert: Flood\n");
        assertThat(findings()).contains("rules.yaml:1: a file of rules has groups");
        Files.writeString(rules, "");
        assertThat(findings()).contains("rules.yaml:1: a file of rules has groups");
    }
}
