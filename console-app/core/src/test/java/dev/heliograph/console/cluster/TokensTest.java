package dev.heliograph.console.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With a program in place of `secret-tool`. That the real one is called in the right way, [KeyringTest] sees.
final class TokensTest {

    @TempDir
    Path folder;

    /// Keeps one file a cluster, and writes down how it was called.
    private java.util.function.Supplier<Keyring.Found> keyring() throws Exception {
        Keyring.Found found = Keyring.open(program("""
            cd "%s"
            echo "$@" >>calls
            case "$1" in
              store) cat >"token-$6" ;;
              lookup) cat "token-$5" 2>/dev/null || exit 1 ;;
              clear) rm "token-$5" 2>/dev/null || exit 1 ;;
            esac
            """.formatted(folder)).toString());
        return () -> found;
    }

    private Path program(String script) throws Exception {
        Path program = folder.resolve("secret-tool");
        Files.writeString(program, "#!/bin/sh\n" + script);
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void aTokenToBeRememberedGoesToTheKeyringAndNotOnACommandLine() throws Exception {
        Tokens tokens = new Tokens(keyring());
        assertThat(tokens.canRemember()).isTrue();
        tokens.keep("prod", "s3cret", true);
        assertThat(new Tokens(keyring()).find("prod")).contains("s3cret");
        assertThat(Files.readString(folder.resolve("calls"))).doesNotContain("s3cret");
        assertThat(tokens.where(true)).isEqualTo("The token is kept in the keyring of your desktop.");
    }

    @Test
    void oneThatIsNotToBeRememberedIsThereUntilTheConsoleEnds() throws Exception {
        Tokens tokens = new Tokens(keyring());
        tokens.keep("prod", "old", true);
        tokens.keep("prod", "new", false);
        assertThat(tokens.find("prod")).contains("new");
        assertThat(new Tokens(keyring()).find("prod")).isEmpty();
        assertThat(tokens.where(false)).contains("forgotten when the console ends");
    }

    @Test
    void oneThatIsForgottenIsNowhere() throws Exception {
        Tokens tokens = new Tokens(keyring());
        tokens.keep("prod", "x", true);
        tokens.forget("prod");
        assertThat(tokens.find("prod")).isEmpty();
    }

    @Test
    void aClusterKeepsItsTokenUnderAnotherName() throws Exception {
        Tokens tokens = new Tokens(keyring());
        tokens.keep("prod", "x", true);
        tokens.rename("prod", "production");
        assertThat(new Tokens(keyring()).find("production")).contains("x");
        assertThat(new Tokens(keyring()).find("prod")).isEmpty();
    }

    @Test
    void withoutTheProgramATokenIsInMemoryAndThatIsSaid() {
        Tokens tokens = new Tokens(() -> Keyring.open("/no/such/program"));
        assertThat(tokens.canRemember()).isFalse();
        tokens.keep("prod", "x", true);
        assertThat(tokens.find("prod")).contains("x");
        assertThat(tokens.where(true)).contains("kept in memory").contains("libsecret-tools");
    }

    @Test
    void withoutAKeyringBehindTheProgramItsReasonIsSaid() throws Exception {
        Path program = program("echo 'secret-tool: Cannot autolaunch D-Bus without X11 $DISPLAY' >&2; exit 1");
        Tokens tokens = new Tokens(() -> Keyring.open(program.toString()));
        assertThat(tokens.canRemember()).isFalse();
        assertThat(tokens.where(false)).contains("Cannot autolaunch D-Bus");
    }

    @Test
    void aKeyringThatRefusesSaysSoAndTheTokenIsInMemory() throws Exception {
        Path program = program("[ \"$1\" != store ] && exit 1; echo 'secret-tool: dismissed' >&2; exit 1");
        Tokens tokens = new Tokens(() -> Keyring.open(program.toString()));
        assertThatThrownBy(() -> tokens.keep("prod", "x", true))
                .isInstanceOf(TokenStoreException.class)
                .hasMessageContaining("dismissed");
        assertThat(tokens.find("prod")).contains("x");
    }
}
