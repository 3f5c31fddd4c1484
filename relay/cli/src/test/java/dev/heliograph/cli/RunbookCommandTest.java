package dev.heliograph.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.heliograph.server.Relay;
import dev.heliograph.server.admin.TokenHash;
import dev.heliograph.server.config.RelayConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// `heliograph runbook`, against a relay.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunbookCommandTest {

    private static final String SLOW_DOWN = """
            ---
            id: slow-down
            title: Slow a user down
            alerts: Noisy
            severity: page
            owner: on-call
            var user: text from user -- The user who is noisy
            var rate: number = 5 -- Messages a second that are left
            ---
            ## Diagnosis

            ### See the nodes
            ```step
            id: nodes
            class: read
            action: node.list
            check: nodes() = 1
            ```

            ### Look for a second node
            ```step
            id: second
            class: read
            when: nodes() > 1
            action: drain.list
            ```

            ## Mitigation

            ### Ask them
            ```step
            id: ask
            class: read
            action: person
              task: Call {user}, and ask what it is.
            ```

            ### Limit the user
            ```step
            id: limit
            class: mutate
            action: limit_rule.put
              name: slow-down
              operation: publish
              scope: user
              user: {user}
              rate: {rate}
            before: limit_rules(slow-down) = 0
            check: limit_rules(slow-down) = 1
            undo: limit_rule.delete
              name: slow-down
            ```
            """;

    private static final String ALERT = """
            {"version":"4","alerts":[
            {"status":"resolved","labels":{"alertname":"Noisy","user":"bob"}},
            {"status":"firing","labels":{"alertname":"Noisy","user":"al\\"ice"},"annotations":{}}]}
            """;

    @TempDir
    private static Path folder;

    private String token = "";
    private Relay relay;

    @BeforeAll
    void start() throws IOException {
        Cli.Run made = Cli.run("operator-token", "ann", "--role", "admin");
        token = made.out().strip();
        relay = Relay.start(RelayConfig.parse("""
                http_server: {address: 127.0.0.1, port: 0}
                control: {directory: %s}
                admin: {enabled: true, port: 0, tokens: ["ann:admin:sha256:%s"]}
                """.formatted(folder.resolve("data"), TokenHash.of(token))));
        Files.createDirectories(folder.resolve("books"));
        Files.writeString(folder.resolve("books/slow-down.md"), SLOW_DOWN);
        Files.writeString(folder.resolve("alert.json"), ALERT);
    }

    @AfterEach
    void lift() {
        Cli.run(environment(), "", "limits", "remove", "slow-down", "--url", url());
    }

    @AfterAll
    void stop() {
        relay.close();
    }

    private String url() {
        return "http://127.0.0.1:" + relay.adminPort().orElseThrow();
    }

    private Map<String, String> environment() {
        return Map.of(
                "HELIOGRAPH_OPERATOR_TOKEN", token,
                "HELIOGRAPH_RUNBOOKS", folder.resolve("books").toString(),
                "HELIOGRAPH_TRANSCRIPTS", folder.resolve("transcripts").toString());
    }

    private Cli.Run run(String in, String... args) {
        List<String> all = new ArrayList<>(List.of("runbook"));
        all.addAll(List.of(args));
        if (args[0].equals("run")) {
            all.addAll(List.of("--url", url()));
        }
        return Cli.run(environment(), in, all.toArray(String[]::new));
    }

    private String limits() {
        return Cli.run(environment(), "", "limits", "--url", url()).out();
    }

    @Test
    void anAlertIsWorkedThroughUnattendedAndTold() throws Exception {
        Path timeline = folder.resolve("incident.md");
        Cli.Run run = run(
                "",
                "run",
                "--from-alert",
                folder.resolve("alert.json").toString(),
                "--yes",
                "--timeline",
                timeline.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("Slow a user down")
                .contains("ok  nodes() = 1 (is 1)")
                .contains("left out. Not needed: nodes() > 1 (is 1)")
                .contains("Call al\"ice, and ask what it is.")
                .contains("left out: it wants a person")
                .contains("Set the limit slow-down")
                .contains("ok  limit_rules(slow-down) = 1 (is 1)")
                .contains("2 of 4 steps done");
        assertThat(limits()).contains("slow-down");
        assertThat(Files.readString(timeline))
                .contains("# Slow a user down")
                .contains("- Alert: user = al\"ice")
                .contains("| ann | Did: Limit the user | Set the limit slow-down");
        assertThat(Cli.run(environment(), "", "audit", "--url", url()).out())
                .contains("limit_rule.put")
                .contains("runbook slow-down, step limit");
    }

    @Test
    void eachChangeIsAskedForAndASkippedOneHasAReason() {
        Cli.Run run = run("y\nmaybe\ns\nhe stopped\n", "run", "slow-down", "--set", "user=alice");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Please answer y, s or q.").contains("Why? ");
        assertThat(limits()).doesNotContain("slow-down");
    }

    @Test
    void whatIsMissingIsAskedForUntilItIsRight() {
        Cli.Run run = run("\nalice\ny\ny\n", "run", "slow-down");
        assertThat(run.out()).contains("'' is no text.").contains("The user who is noisy (user): ");
        assertThat(run.exitCode()).isZero();
        assertThat(limits()).contains("slow-down");
    }

    @Test
    void aDryRunChangesNothingAndKeepsNoTranscript() throws IOException {
        Path transcripts = folder.resolve("none");
        Cli.Run run = run(
                "", "run", "slow-down", "--set", "user=alice", "--dry-run", "--transcripts", transcripts.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("dry run: not done").contains("dry run, no transcript is kept");
        assertThat(limits()).doesNotContain("slow-down");
        assertThat(transcripts).doesNotExist();
    }

    @Test
    void oneStepAloneAndWhatMustHoldBeforeStopsItUnattended() {
        assertThat(run("", "run", "slow-down", "--set", "user=alice", "--yes", "--step", "limit")
                        .exitCode())
                .isZero();
        Cli.Run again = run("", "run", "slow-down", "--set", "user=alice", "--yes", "--step", "limit");
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.out())
                .contains("! The runbook expects limit_rules(slow-down) = 0 before this step; it is 1.")
                .contains("not done");
    }

    @Test
    void nobodyAtTheTerminalIsSaid() {
        Cli.Run run = run("", "run", "slow-down", "--set", "user=alice", "--step", "limit");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("nobody answers: give --yes to run without questions");
        assertThat(run("", "run", "slow-down", "--yes").out()).contains("say what it is: --set user=...");
    }

    private static final String RESTART = """
            ---
            id: restart
            title: Restart a relay
            alerts:
            severity: procedure
            owner: on-call
            var node: name = relay1-blue -- The node
            ---
            ## Mitigation
            ### Restart it
            ```step
            id: restart
            class: mutate
            action: ansible.playbook
              playbook: rolling_restart
              limit: {node}
            check: nodes() = 1
            no-undo: a restart cannot be taken back
            ```
            """;

    @Test
    void aPlaybookIsRunOnItsHostsAndTellsHowFarItIs() throws IOException {
        Path ansible = Files.createDirectories(folder.resolve("ansible"));
        Files.writeString(Files.createDirectories(ansible.resolve("books")).resolve("restart.md"), RESTART);
        Files.writeString(ansible.resolve("hosts"), "relay1 ansible_connection=local\n");
        Files.writeString(ansible.resolve("rolling_restart.yml"), """
                - hosts: all
                  gather_facts: false
                  tasks:
                    - name: Wait a moment
                      ansible.builtin.pause: {seconds: 2}
                """);
        List<String> words = List.of(
                "run",
                "restart",
                "--yes",
                "--folder",
                ansible.resolve("books").toString(),
                "--playbooks",
                "" + ansible);
        Cli.Run without = run("", words.toArray(String[]::new));
        assertThat(without.exitCode()).isEqualTo(1);
        assertThat(without.out())
                .contains("Which hosts the playbook is for is not known: say it with --inventory FILE. By hand: "
                        + "ansible-playbook --inventory INVENTORY " + ansible
                        + "/rolling_restart.yml --limit=relay1\n");

        assumeTrue(Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "ansible-playbook"))));
        List<String> more = new ArrayList<>(words);
        more.addAll(List.of("--inventory", ansible.resolve("hosts").toString()));
        Cli.Run with = run("", more.toArray(String[]::new));
        assertThat(with.out())
                .contains("  ... Wait a moment\n")
                .contains("  Ran the playbook rolling_restart: relay1: ok=1 changed=0\n")
                .contains("ok  nodes() = 1 (is 1)");
        assertThat(with.exitCode()).isZero();
    }

    @Test
    void wrongUseIsOneSentence() throws IOException {
        assertThat(run("", "run", "slow-down", "--set", "rate=fast").err())
                .isEqualTo("heliograph runbook run: --set rate: 'fast' is no number.\n");
        assertThat(run("", "run", "slow-down", "--step", "x").err()).contains("has no step 'x'");
        assertThat(run("", "run", "other").err()).contains("there is no runbook 'other'");
        assertThat(run("", "run").err()).contains("name a runbook, or give --from-alert");
        Files.writeString(folder.resolve("bad.json"), "{");
        assertThat(run("", "run", "--from-alert", folder.resolve("bad.json").toString())
                        .err())
                .contains("bad.json: is no JSON");
    }

    @Test
    void theyAreListedShownAndChecked() throws IOException {
        assertThat(run("", "list").out()).contains("slow-down").contains("Slow a user down");
        assertThat(run("", "show", "slow-down").out()).isEqualTo(SLOW_DOWN);
        assertThat(run("", "lint").out()).isEqualTo("1 runbooks, no problem\n");
        Path broken = Files.createDirectories(folder.resolve("broken"));
        Files.writeString(
                broken.resolve("slow-down.md"),
                SLOW_DOWN.replace("limit_rule.put", "limit_rule.puff").replace("undo: limit_rule.delete", "undo: x"));
        Cli.Run lint = run("", "lint", "--folder", broken.toString());
        assertThat(lint.exitCode()).isEqualTo(1);
        assertThat(lint.out()).contains("slow-down.md:39: there is no action 'limit_rule.puff'");
    }

    @Test
    void lintHoldsThemAgainstRulesAndPlaybooks() throws IOException {
        Path rules = Files.createDirectories(folder.resolve("rules"));
        Files.writeString(rules.resolve("a.yaml"), """
                groups:
                  - name: g
                    rules:
                      - alert: Loud
                        labels: {severity: page}
                        annotations: {runbook_url: runbooks/slow-down.md}
                      - alert: Unheard
                        labels: {severity: ticket}
                """);
        Cli.Run lint = run("", "lint", "--rules", rules.toString(), "--playbooks", rules.toString());
        assertThat(lint.exitCode()).isEqualTo(1);
        assertThat(lint.out()).contains("a.yaml:7: the alert Unheard of severity ticket has no runbook_url");
        Cli.Run missing = run("", "lint", "--rules", folder.resolve("none.yaml").toString());
        assertThat(missing.exitCode()).isNotZero();
        assertThat(missing.err()).contains("none.yaml: cannot be read");
    }
}
