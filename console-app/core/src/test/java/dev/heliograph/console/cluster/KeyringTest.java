package dev.heliograph.console.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real `secret-tool` with a keyring of its own, where both are installed.
final class KeyringTest {

    @TempDir
    Path home;

    private static boolean installed(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private Path script(String name, String text) throws Exception {
        Path script = Files.writeString(home.resolve(name), "#!/bin/sh\n" + text);
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script;
    }

    @Test
    void aTokenIsKeptFoundAndForgotten() throws Exception {
        assumeTrue(installed("secret-tool") && installed("dbus-run-session") && installed("gnome-keyring-daemon"));
        // One session bus for all calls: each goes through a pipe into a shell within it.
        script("session", """
            printf '\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
            touch ready
            while IFS= read -r line; do eval "$line"; done
            """);
        ProcessBuilder builder = new ProcessBuilder(
                "dbus-run-session", "--", home.resolve("session").toString());
        builder.directory(home.toFile());
        builder.environment().put("HOME", home.toString());
        builder.environment().put("XDG_DATA_HOME", home.resolve("data").toString());
        builder.environment().put("XDG_RUNTIME_DIR", home.toString());
        builder.redirectErrorStream(true).redirectOutput(home.resolve("log").toFile());
        Process session = builder.start();
        try {
            Path asked = home.resolve("address");
            session.getOutputStream()
                    .write("printf %s \"$DBUS_SESSION_BUS_ADDRESS\" >address.new; mv address.new address\n"
                            .getBytes(UTF_8));
            session.getOutputStream().flush();
            org.awaitility.Awaitility.await().until(() -> Files.exists(asked));
            Path tool = script(
                    "tool", "DBUS_SESSION_BUS_ADDRESS='" + Files.readString(asked) + "' exec secret-tool \"$@\"\n");

            Keyring.Found found = Keyring.open(tool.toString());
            assertThat(found.why()).isEmpty();
            Keyring keyring = found.keyring().orElseThrow();
            assertThat(keyring.find("prod")).isEmpty();
            keyring.put("prod", "hgo_1 + 'ü'");
            keyring.put("staging", "other");
            assertThat(keyring.find("prod")).contains("hgo_1 + 'ü'");
            keyring.put("prod", "hgo_2");
            assertThat(keyring.find("prod")).contains("hgo_2");
            keyring.remove("prod");
            keyring.remove("prod");
            assertThat(keyring.find("prod")).isEmpty();
            assertThat(keyring.find("staging")).contains("other");
        } finally {
            session.getOutputStream().close();
            session.destroy();
            session.waitFor();
        }
    }
}
