package dev.heliograph.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heliograph.runbook.Check.When;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RunbookParserTest {

    private static final String MATTER = """
            ---
            id: flood
            title: A flood
            alerts: Flood, Storm
            severity: page
            owner: on-call
            var network: network from network, cidr -- What floods us
            var normal: number = 50 -- No concern
            var user: text -- Who
            ---
            """;

    private static final String BAN = """
            # A flood

            ### Ban the `network`

            ```step
            id: ban
            class: mutate
            action: ip_rule.put
              cidr: {network}
              kind: ban
            before: connections(ip in {network}) > {normal}
            check: connections(ip in {network} and user = {user}) = 0
            timeout: 1m30s
            undo: ip_rule.delete
              cidr: {network}
            ```

            Then [ban it](step:ban), [is it gone?](check:ban), and see [a page](http://example.org).
            """;

    @Test
    void aStepHasItsActionChecksAndUndo() {
        Runbook runbook = RunbookParser.parse("flood.md", MATTER + BAN);
        assertThat(runbook.title()).isEqualTo("A flood");
        assertThat(runbook.alerts()).containsExactly("Flood", "Storm");
        assertThat(runbook.variables()).extracting(Variable::name).containsExactly("network", "normal", "user");
        Step step = runbook.step("ban").orElseThrow();
        assertThat(step.title()).isEqualTo("Ban the network");
        assertThat(step.stepClass()).isEqualTo(StepClass.MUTATE);
        assertThat(step.action().kind()).isEqualTo(ActionKind.IP_RULE_PUT);
        assertThat(step.action().arguments().keySet()).containsExactly("cidr", "kind");
        assertThat(step.before()).extracting(Check::when).containsExactly(When.BEFORE);
        assertThat(step.after()).extracting(Check::measure).containsExactly(Measure.CONNECTIONS);
        assertThat(step.timeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(step.undo().orElseThrow().kind()).isEqualTo(ActionKind.IP_RULE_DELETE);
        assertThat(step.variables()).containsExactly("network", "normal", "user");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "action: ip_rule.put         | action: ip_rule.nuke     | line 15: there is no action 'ip_rule.nuke'",
                "class: mutate               | class: read              | line 15: ip_rule.put is of class mutate",
                "kind: ban                   | sort: ban                | line 15: ip_rule.put wants the argument kind",
                "cidr: {network}             | cidr: {netwrok}          | line 15: there is no variable 'netwrok'",
                "undo: ip_rule.delete        | note: ip_rule.delete     | line 24: a step has no 'note'",
                "id: ban                     | id: Ban!                 | line 15: a step has an id of small letters, digits and hyphens",
                "timeout: 1m30s              | timeout: soon            | line 15: a timeout is written like 30s",
                "> {normal}                  | is large                 | line 15: 'connections(ip in {network}) is large' is no check",
                "connections(ip in {network}) > | people() >            | line 15: there is no measure 'people'",
                "(step:ban)                  | (step:bann)              | line 28: there is no step 'bann'",
            })
    void whatIsWrongWithAStepIsSaidWithItsLine(String right, String wrong, String problem) {
        String text = MATTER + BAN.replace(right, wrong);
        assertThatThrownBy(() -> RunbookParser.parse("flood.md", text))
                .isInstanceOf(RunbookException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void aStepThatChangesSomethingHasAnUndoOrAReasonForHavingNone() {
        String without = BAN.replaceAll("undo: ip_rule.delete\n  cidr: \\{network\\}\n", "");
        assertThatThrownBy(() -> RunbookParser.parse("flood.md", MATTER + without))
                .hasMessageContaining("has an undo, or no-undo with the reason");
        String reason = without.replace("timeout:", "no-undo: it ends by itself\ntimeout:");
        assertThat(RunbookParser.parse("flood.md", MATTER + reason)
                        .steps()
                        .getFirst()
                        .noUndo())
                .isEqualTo("it ends by itself");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "owner: on-call              | ''                       | the front matter has no owner",
                "severity: page              | severety: page           | a front matter has no key 'severety'",
                "var user: text -- Who       | var user: words -- Who   | a variable is declared like",
                "= 50                        | = many                   | 'many' is no number",
                "severity: page              | severity: loud           | line 5: 'loud' is no severity: page, ticket, info, procedure",
                "alerts: Flood, Storm        | alerts:                  | line 4: only a procedure is for no alerts",
                "id: flood                   | identity                 | 'identity' is no line of the form key: value",
            })
    void whatIsWrongWithTheFrontMatterIsSaid(String right, String wrong, String problem) {
        assertThatThrownBy(() -> RunbookParser.parse("flood.md", MATTER.replace(right, wrong) + BAN))
                .hasMessageContaining(problem);
    }

    @Test
    void aProcedureIsForNoAlerts() {
        String matter = MATTER.replace("alerts: Flood, Storm", "alerts:");
        Runbook procedure =
                RunbookParser.parse("flood.md", matter.replace("severity: page", "severity: procedure") + BAN);
        assertThat(procedure.alerts()).isEmpty();
        assertThat(procedure.isProcedure()).isTrue();
        assertThat(RunbookParser.parse("flood.md", MATTER + BAN).isProcedure()).isFalse();
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        assertThatThrownBy(() -> RunbookParser.parse("empty.md", "nothing"))
                .isInstanceOfSatisfying(
                        RunbookException.class, e -> assertThat(e.problems()).hasSize(1));
        assertThatThrownBy(() -> RunbookParser.parse(
                        "flood.md", MATTER.replace("id: flood\n", "") + BAN.replace("class: mutate", "class: big")))
                .isInstanceOfSatisfying(
                        RunbookException.class, e -> assertThat(e.problems()).hasSize(2));
    }

    @Test
    void aLibraryReadsItsFolderAndSaysWhatIsBroken(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("flood.md"), MATTER + BAN);
        Files.writeString(folder.resolve("other.md"), MATTER + BAN);
        Files.writeString(folder.resolve("broken.md"), "nothing");
        Files.writeString(folder.resolve("README.md"), "nothing");
        RunbookLibrary library = RunbookLibrary.read(folder);
        assertThat(library.runbooks()).extracting(Runbook::id).containsExactly("flood");
        assertThat(library.broken()).hasSize(2).anyMatch(each -> each.startsWith("broken.md: line 1"));
        assertThat(library.forAlert("Storm", Map.of()).map(Runbook::id)).contains("flood");
        assertThat(library.forAlert("x", Map.of("runbook_url", "https://git.example/runbooks/flood.md#ban")))
                .isPresent();
        assertThat(library.forAlert("x", Map.of())).isEmpty();
        assertThat(RunbookLibrary.read(folder.resolve("nowhere")).runbooks()).isEmpty();
    }

    @Test
    void theRunbooksOfThisRepositoryAreRight() {
        RunbookLibrary library = RunbookLibrary.read(Path.of("../../runbooks"));
        assertThat(library.broken()).isEmpty();
        assertThat(library.runbooks()).extracting(Runbook::id).contains("connection-flood");
    }

    @Test
    void valuesComeFromTheFirstLabelThatIsOfTheType() {
        Runbook runbook = RunbookParser.parse("flood.md", MATTER + BAN);
        Values values = Values.of(runbook, Map.of("network", "10.0.0.0/8; drop", "cidr", "192.0.2.0/24"));
        assertThat(values.get("network")).contains("192.0.2.0/24");
        assertThat(values.get("normal")).contains("50");
        assertThat(values.get("user")).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "network | 10.0.0.0/33",
                "network | 10.0.0.0/8 or id = \"*\"",
                "network | 1.2.3",
                "network | 010.0.0.1",
                "network | ::1%lo",
                "network | {user}",
                "normal  | -1",
                "normal  | 1e9",
                "normal  | $(reboot)",
            })
    void whatIsNotOfTheTypeIsRefused(String variable, String value) {
        Values values = Values.of(RunbookParser.parse("flood.md", MATTER + BAN), Map.of());
        assertThatThrownBy(() -> values.with(variable, value)).isInstanceOf(RunbookException.class);
    }

    @Test
    void aTextCannotLeaveItsPlaceInAQuery() {
        Runbook runbook = RunbookParser.parse("flood.md", MATTER + BAN);
        Step step = runbook.steps().getFirst();
        Values values = Values.of(runbook, Map.of())
                .with("network", "2001:db8::/32")
                .with("user", "a\" or user = \"*\\ {network}");
        assertThat(Language.QUERY.fill(step.after().getFirst().arguments().getFirst(), values))
                .isEqualTo("ip in 2001:db8::/32 and user = \"a\\\" or user = \\\"\\*\\\\ \\{network\\}\"");
        assertThatThrownBy(() -> values.with("user", "two\nlines")).isInstanceOf(RunbookException.class);
        assertThatThrownBy(() -> values.with("user", "x".repeat(257))).isInstanceOf(RunbookException.class);
    }

    @Test
    void aPlaceWithoutAValueIsAskedFor() {
        Runbook runbook = RunbookParser.parse("flood.md", MATTER + BAN);
        Values values = Values.of(runbook, Map.of());
        assertThatThrownBy(() -> runbook.steps().getFirst().action().fill(values))
                .hasMessageContaining("'network'");
        assertThat(runbook.steps().getFirst().before().getFirst().preview(values))
                .isEqualTo("connections(ip in {network}) > 50");
        assertThat(List.copyOf(new Template("{a} and {b_1} but {a,b} not").variables()))
                .containsExactly("a", "b_1");
    }
}
