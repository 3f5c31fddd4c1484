package dev.heliograph.console.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.cluster.Tokens;
import dev.heliograph.console.connect.ConnectState.Keeping;
import dev.heliograph.console.desktop.testing.GoldenPicture;
import dev.heliograph.console.desktop.testing.UiTest;
import dev.heliograph.console.workspace.LinkState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.PasswordField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokenSheetTest extends UiTest {

    private static final String MEMORY = "The token is kept in memory, and forgotten when the console ends.";
    private static final Keeping KEYRING =
            new Keeping(true, "The token is kept in the keyring of your desktop.", MEMORY);

    private final List<String> given = new CopyOnWriteArrayList<>();
    private ShellFixture fixture;

    @BeforeEach
    void open() {
        fixture = onFx(ShellFixture::staging);
        closeLater(fixture.shell);
        show(() -> fixture.shell);
        runOnFx(() -> fixture.shell.shown());
        settle();
    }

    private void ask(Optional<Keeping> keeping) {
        ask(fixture.shell, keeping);
        await("the keyboard is at the token", () -> focusedId().equals("token-field"));
    }

    private void ask(AppShell shell, Optional<Keeping> keeping) {
        runOnFx(() -> shell.askForToken(
                keeping, (token, remember) -> given.add(token + (remember ? " remembered" : " in memory"))));
    }

    private String focusedId() {
        return focused().map(node -> String.valueOf(node.getId())).orElse("");
    }

    private static Keeping withoutKeyring() {
        Tokens tokens = Tokens.inMemory();
        return new Keeping(tokens.canRemember(), tokens.where(true), tokens.where(false));
    }

    private static LinkState signedOut(String why) {
        return new LinkState.SignedOut(new AdminException(AdminException.Kind.UNAUTHENTICATED, why));
    }

    @Test
    void withoutAKeyringItIsSaidWhyAndThatTheTokenIsInMemory() {
        ask(Optional.of(withoutKeyring()));

        awaitText(MEMORY + " The program secret-tool is not there; the package libsecret-tools has it.");
        assertThat(isShown("token-remember")).isFalse();
        write("  hgo_new\n");
        assertThat(given).containsExactly("hgo_new in memory");
        awaitNoText(MEMORY);
    }

    @Test
    void withAKeyringTheOperatorDecides() {
        ask(Optional.of(KEYRING));

        awaitText(MEMORY);
        click("token-remember");
        awaitText("The token is kept in the keyring of your desktop.");
        assertThat(isTextShown(MEMORY)).isFalse();
        write("token-field", "hgo_new");
        click("sign-in-again");
        assertThat(given).containsExactly("hgo_new remembered");
    }

    @Test
    void whileItIsNotKnownWhereTokensAreKeptItIsTheMemory() {
        ask(Optional.empty());

        awaitText(MEMORY);
        assertThat(isShown("token-remember")).isFalse();
    }

    @Test
    void itSaysWhyTheOneOfBeforeIsNotAcceptedAndIsThereOnce() {
        fixture.workspace.link().set(signedOut("the token has expired"));
        ask(Optional.of(KEYRING));
        ask(fixture.shell, Optional.of(KEYRING));

        awaitText("Signed out: the token has expired. What you see is of before.");
        assertThat(isTextShown("The cluster does not accept the token of before: the token has expired."))
                .isTrue();
        press(KeyCode.ESCAPE);
        await("no sheet is left", () -> !fixture.shell.layers().sheets().isOpen());
        assertThat(given).isEmpty();
    }

    @Test
    void aTokenIsNeitherEmptyNorToBeRead() {
        ask(Optional.of(KEYRING));

        Button go = find("sign-in-again", Button.class);
        assertThat(go.isDisabled()).isTrue();
        write("   ");
        assertThat(go.isDisabled()).isTrue();
        write("hgo_new");
        assertThat(go.isDisabled()).isFalse();
        assertThat(find("token-field")).isInstanceOf(PasswordField.class);
        assertThat(onFx(() ->
                        fixture.shell.lookup("#token-field").lookup(".text").toString()))
                .doesNotContain("hgo_new");
        click("cancel");
        assertThat(given).isEmpty();
    }

    @Test
    void pictures() {
        GoldenPicture.check(
                "sheet-token",
                () -> {
                    ShellFixture made = ShellFixture.staging();
                    made.workspace.link().set(signedOut("the token has expired"));
                    return made.shell;
                },
                shell -> ask(shell, Optional.of(withoutKeyring())));
        GoldenPicture.check("sheet-token-keyring", () -> ShellFixture.staging().shell, shell -> {
            ask(shell, Optional.of(KEYRING));
            ((PasswordField) shell.lookup("#token-field")).setText("hgo_of-an-operator");
            ((CheckBox) shell.lookup("#token-remember")).setSelected(true);
        });
    }
}
