package dev.heliograph.runbook.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.heliograph.runbook.RunbookException;
import dev.heliograph.runbook.run.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// With a program that prints what Ansible does, and with Ansible itself where it is installed.
final class AnsiblePlaybooksTest {

    @TempDir
    private Path folder;

    private Path inventory;
    private Path outputs;

    @BeforeEach
    void aPlaybook() throws IOException {
        inventory = Files.writeString(folder.resolve("hosts"), """
                relay1 ansible_connection=local
                relay2 ansible_connection=local
                """);
        Files.writeString(folder.resolve("deploy.yml"), "[]\n");
        outputs = folder.resolve("outputs");
    }

    /// An `ansible-playbook` that is these lines of a shell.
    private Path program(String lines) throws IOException {
        Path program = Files.writeString(folder.resolve("ansible-playbook"), "#!/bin/sh\n" + lines);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return program;
    }

    private Path prints(int code, String output) throws IOException {
        Path text = Files.writeString(folder.resolve("printed"), output);
        return program("cat '" + text + "'; exit " + code + "\n");
    }

    private Change proposed(Path program, Map<String, String> more) {
        Map<String, String> arguments = new java.util.HashMap<>(more);
        arguments.putIfAbsent("playbook", "deploy");
        return new AnsiblePlaybooks(folder, inventory, program.toString(), Duration.ofMinutes(2), Optional.of(outputs))
                .propose(arguments);
    }

    private String done(Path program) {
        return proposed(program, Map.of()).make("").sentence();
    }

    /// Why it failed, without where its output is.
    private String failure(Path program) {
        try {
            return "no failure: " + done(program);
        } catch (RunbookException e) {
            return e.sentence().replaceFirst("\\. All of its output is in " + outputs + "/deploy-\\d+\\.log$", "");
        }
    }

    private List<Path> kept() throws IOException {
        if (!Files.exists(outputs)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(outputs)) {
            return files.toList();
        }
    }

    @Test
    void whatWasDoneIsToldForEachHost() throws IOException {
        assertThat(done(prints(0, """

                        PLAY [relays] ******************************************************************

                        TASK [relay : Unpack the release] **********************************************
                        changed: [relay1]
                        ok: [relay2]

                        PLAY RECAP *********************************************************************
                        relay1                     : ok=31   changed=2    unreachable=0    failed=0    skipped=4    rescued=0    ignored=0
                        relay2                     : ok=31   changed=0    unreachable=0    failed=0    skipped=4    rescued=1    ignored=0

                        """)))
                .isEqualTo("Ran the playbook deploy: relay1: ok=31 changed=2, relay2: ok=31 changed=0 rescued=1");
        assertThat(kept()).isEmpty();
    }

    @Test
    void aFailureIsWhatAnsibleSaysOfItsHosts() throws IOException {
        String output = """

                TASK [relay : Unpack the release] **********************************************
                fatal: [relay1]: FAILED! => {"changed": false, "msg": "No space left on /opt"}
                fatal: [relay2]: FAILED! => {"changed": false, "msg": "No space left on /opt"}
                fatal: [relay3]: UNREACHABLE! => {"changed": false, "msg": "Failed to connect to the host via ssh: ssh: connect to host 192.0.2.3 port 22: Connection timed out", "unreachable": true}

                PLAY RECAP *********************************************************************
                relay1                     : ok=3    changed=0    unreachable=0    failed=1    skipped=0    rescued=0    ignored=0
                relay2                     : ok=3    changed=0    unreachable=0    failed=1    skipped=0    rescued=0    ignored=0
                relay3                     : ok=2    changed=0    unreachable=1    failed=0    skipped=0    rescued=0    ignored=0

                """;
        assertThat(failure(prints(2, output)))
                .isEqualTo("The playbook deploy failed on relay1, relay2: No space left on /opt"
                        + " (in relay : Unpack the release); on relay3: Failed to connect to the host via ssh: ssh:"
                        + " connect to host 192.0.2.3 port 22: Connection timed out (in relay : Unpack the release)");
        assertThat(kept()).hasSize(1).allSatisfy(file -> assertThat(file).hasContent(output));
        assertThat(Files.getPosixFilePermissions(kept().getFirst()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void whatWasIgnoredIsNoFailureAndItemsOfALoopAre() throws IOException {
        assertThat(failure(prints(2, """
                        TASK [ignored] *****************************************************************
                        fatal: [relay1]: FAILED! => {"changed": true, "msg": "non-zero return code", "rc": 1, "stderr": "ignored"}
                        ...ignoring
                        failed: [relay2] (item=1) => {"msg": "ignored", "item": 1}
                        failed: [relay2] (item=2) => {"msg": "ignored, too", "item": 2}
                        ...ignoring

                        TASK [several] *****************************************************************
                        changed: [relay1] => (item=0)
                        failed: [relay1] (item={'a': 'b => {c'}) => {"msg": "non-zero return code", "rc": 3, "stderr": "first\\nno room\\n", "stdout": "x"}

                        RUNNING HANDLER [relay : Restart it] *******************************************
                        fatal: [relay2 -> localhost]: FAILED! => {"censored": "the output has been hidden", "changed": false}
                        """)))
                .isEqualTo("The playbook deploy failed on relay1: non-zero return code: no room (in several);"
                        + " on relay2 -> localhost: the output has been hidden (in relay : Restart it)");
    }

    @Test
    void aMessageThatIsLongIsCutAndOfManyFailuresSomeAreTold() throws IOException {
        StringBuilder output = new StringBuilder("TASK [t] ***\n");
        for (int i = 1; i <= 5; i++) {
            output.append(
                    "fatal: [relay%d]: FAILED! => {\"msg\": [\"%d\", \"%s\"]}\n".formatted(i, i, "x".repeat(400)));
        }
        assertThat(failure(prints(2, output.toString())))
                .startsWith("The playbook deploy failed on relay1: 1 xxx")
                .contains("x… (in t); on relay2: 2 xxx")
                .endsWith("; 2 more failures")
                .hasSizeLessThan(1_100);
    }

    @Test
    void whatIsWrongWithPlaybookOrInventoryIsSaid() throws IOException {
        assertThat(failure(prints(4, """
                        ERROR! couldn't resolve module/action 'foo'. This often indicates a misspelling.

                        The error appears to be in '/srv/ansible/deploy.yml': line 3, column 7, but may
                        be elsewhere in the file depending on the exact syntax problem.
                        """)))
                .isEqualTo("The playbook deploy failed: couldn't resolve module/action 'foo'. This often indicates a"
                        + " misspelling. ('/srv/ansible/deploy.yml': line 3, column 7)");
        assertThat(failure(prints(1, """
                        [WARNING]: Could not match supplied host pattern, ignoring: relay9
                        [ERROR]: Specified inventory, host pattern and/or --limit leaves us with no hosts to target.
                        """))).endsWith("leaves us with no hosts to target.");
        assertThat(failure(prints(3, "one\n\ntwo\nthree\nfour\n"))).endsWith("failed: two / three / four");
        assertThat(failure(prints(3, ""))).endsWith("failed with code 3");
    }

    @Test
    void onePlayedForNobodyHasFailed() throws IOException {
        assertThat(failure(prints(0, """
                        PLAY [relays] ******************************************************************
                        skipping: no hosts matched

                        PLAY RECAP *********************************************************************
                        """)))
                .isEqualTo("The playbook deploy did nothing: no host of " + inventory + " is meant");
    }

    @Test
    void itTellsWhichTaskHasBegun() throws Exception {
        Path next = folder.resolve("next");
        Path program = program("""
                echo 'TASK [first] ****'
                printf 'TASK [sec'
                while [ ! -e '%1$s' ]; do sleep 0.02; done
                echo 'ond] *********'
                echo 'ok: [relay1]'
                while [ -e '%1$s' ]; do sleep 0.02; done
                """.formatted(next));
        List<String> told = new CopyOnWriteArrayList<>();
        CompletableFuture<Change.Done> done = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> done.complete(proposed(program, Map.of()).make("", told::add)));
        await().until(() -> told.equals(List.of("first")));
        Files.createFile(next);
        await().until(() -> told.equals(List.of("first", "second")));
        Files.delete(next);
        assertThat(done.get().sentence()).startsWith("Ran the playbook deploy");
    }

    @Test
    void whoIsInterruptedEndsItAndAllThatItHasStarted() throws Exception {
        Path pids = folder.resolve("pids");
        Path program = program("""
                echo 'TASK [drain] ****'
                sleep 600 &
                echo $$ $! >'%1$s.new'
                mv '%1$s.new' '%1$s'
                wait
                """.formatted(pids));
        CompletableFuture<String> failure = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual()
                .start(() -> failure.complete(
                        failure(program) + (Thread.currentThread().isInterrupted() ? ", interrupted" : "")));
        await().until(() -> Files.exists(pids));
        List<ProcessHandle> started = Stream.of(Files.readString(pids).strip().split(" "))
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
                .toList();
        assertThat(started).hasSize(2);
        thread.interrupt();
        assertThat(failure.get())
                .isEqualTo("The playbook deploy was stopped; what it has done stays done, interrupted");
        await().until(() -> started.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(kept()).hasSize(1);
    }

    @Test
    void oneThatTakesTooLongIsEnded() throws IOException {
        Path program = program("exec sleep 600\n");
        AnsiblePlaybooks impatient =
                new AnsiblePlaybooks(folder, inventory, program.toString(), Duration.ofMillis(300), Optional.empty());
        assertThatThrownBy(() -> impatient.propose(Map.of("playbook", "deploy")).make(""))
                .isInstanceOf(RunbookException.class)
                .hasMessage("The playbook deploy did not end within 0 s, and was stopped");
    }

    @Test
    void whatIsNotThereIsSaidBeforeOrWithTheCommand() throws IOException {
        assertThat(failure(folder.resolve("none")))
                .startsWith("The playbook deploy could not be run: ")
                .endsWith("By hand, where Ansible is: ansible-playbook --inventory " + inventory + " "
                        + folder.resolve("deploy.yml"));
        assertThat(kept()).isEmpty();
        Path program = program("exit 0\n");
        assertThatThrownBy(() -> proposed(program, Map.of("playbook", "deploi")))
                .hasMessage("There is no playbook 'deploi' in " + folder + ".");
        Files.delete(inventory);
        assertThatThrownBy(() -> proposed(program, Map.of()))
                .isInstanceOf(RunbookException.class)
                .hasMessage("There is no inventory " + inventory + ".");
    }

    @Test
    void nothingIsAskedAndNothingIsColoured() throws IOException {
        assertThat(done(program("""
                        read line && exit 1
                        echo "$ANSIBLE_NOCOLOR $ANSIBLE_FORCE_COLOR"
                        """))).isEqualTo("Ran the playbook deploy: 1 0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "relay1                    | relay1",
                "relay1-blue               | relay1",
                "eu-relay-2-green          | eu-relay-2",
                "relay1-blue,relay2-green  | relay1,relay2",
                "relays:!relay1-blue:&eu   | relays:!relay1:&eu",
                "green                     | green",
                "relay1-bluer,blue-relay   | relay1-bluer,blue-relay",
                "all,-blue                 | all,-blue"
            })
    void aNodeIsLimitedToByItsHost(String limit, String hosts) throws IOException {
        Change play = proposed(program(""), Map.of("limit", limit, "node", "relay1-blue"));
        assertThat(play.effects().getFirst())
                .contains("--limit=" + hosts)
                .endsWith(" --extra-vars '{\"node\":\"relay1-blue\"}'");
    }

    @Test
    void withoutAnInventoryItIsSaidHowItIsDoneByHand() {
        NoPlaybooks playbooks = new NoPlaybooks(Path.of("ansible"), "Say which hosts.");
        assertThatThrownBy(() -> playbooks.propose(
                        Map.of("playbook", "deploy", "limit", "relay1-blue", "version", "1.2.0", "note", "it's")))
                .isInstanceOf(RunbookException.class)
                .hasMessage("Say which hosts. By hand: ansible-playbook --inventory INVENTORY ansible/deploy.yml"
                        + " --limit=relay1 --extra-vars '{\"note\":\"it'\\''s\",\"version\":\"1.2.0\"}'");
        assertThatThrownBy(() -> playbooks.propose(Map.of("playbook", "deploy", "note", "{{ 1 }}")))
                .hasMessageContaining("is a template to Ansible");
    }

    // ---- with Ansible itself ----

    private static Path ansible() {
        Optional<Path> program = Stream.of(
                        System.getenv().getOrDefault("PATH", "").split(":"))
                .map(path -> Path.of(path, AnsiblePlaybooks.PROGRAM))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(program.isPresent(), "ansible-playbook is not installed");
        return program.orElseThrow();
    }

    private void playbook(String tasks) throws IOException {
        Files.writeString(
                folder.resolve("deploy.yml"), "- hosts: all\n  gather_facts: false\n  tasks:\n" + tasks.indent(4));
    }

    @Test
    void ansibleItselfRunsItAndIsUnderstood() throws IOException {
        Path program = ansible();
        playbook("""
                - name: See the version
                  ansible.builtin.assert: {that: "version == '1.2.0'", success_msg: it is}
                - name: Fail and go on
                  ansible.builtin.command: "false"
                  ignore_errors: true
                - name: Wait a moment
                  ansible.builtin.pause: {seconds: 1}
                """);
        List<String> told = new CopyOnWriteArrayList<>();
        assertThat(proposed(program, Map.of("version", "1.2.0", "limit", "relay1-green"))
                        .make("", told::add)
                        .sentence())
                .isEqualTo("Ran the playbook deploy: relay1: ok=3 changed=1 ignored=1");
        assertThat(told).contains("Wait a moment");
    }

    @Test
    void aFailureOfAnsibleItselfIsUnderstood() throws IOException {
        Path program = ansible();
        playbook("""
                - name: Switch
                  when: inventory_hostname == 'relay1'
                  block:
                    - name: Look at the canary
                      ansible.builtin.fail: {msg: The canary is ill.}
                  rescue:
                    - name: Say so
                      ansible.builtin.command: {argv: [sh, -c, "echo rolled back >&2; exit {{ item }}"]}
                      loop: [0, 3]
                """);
        assertThat(failure(program))
                .isEqualTo("The playbook deploy failed on relay1: The canary is ill. (in Look at the canary);"
                        + " on relay1: non-zero return code: rolled back (in Say so)");
        assertThat(kept()).hasSize(1);
        Files.writeString(inventory, "relay1 ansible_host=127.0.0.1 ansible_port=1 ansible_connection=ssh\n");
        assertThat(failure(program))
                .startsWith(
                        "The playbook deploy failed on relay1: The canary is ill. (in Look at the canary); on relay1: ")
                .doesNotContain("items")
                .endsWith(" (in Say so)");
        assertThatThrownBy(() -> proposed(program, Map.of("limit", "relay9")).make(""))
                .hasMessageContaining("no hosts to target");
        Files.writeString(inventory, "[broken\n");
        assertThat(failure(program)).contains("No inventory was parsed");
        Files.writeString(inventory, "relay1 ansible_connection=local\n");
        Files.writeString(folder.resolve("deploy.yml"), "- hosts: all\n  tasks:\n    - foo: {}\n");
        assertThat(failure(program)).contains("foo").contains("line 3, column 7");
    }
}
