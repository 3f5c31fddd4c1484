package dev.heliograph.console.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heliograph.console.text.Messages;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// The keyring of the desktop (Secret Service), by the program `secret-tool`. A token goes to it through a
/// pipe, so that no list of processes shows it.
public final class Keyring implements TokenStore {

    private static final List<String> KEYS = List.of("application", "heliograph-console", "cluster");

    /// The keyring may ask the operator for its password.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration PROBE = Duration.ofSeconds(5);

    private final String program;

    private record Result(int code, String out, String err) {}

    /// @param program `secret-tool`, or where it is
    Keyring(String program) {
        this.program = program;
    }

    /// The keyring of this session if it works, or why it does not.
    ///
    /// @param keyring empty if there is none
    /// @param why     a sentence if there is none
    public record Found(Optional<Keyring> keyring, String why) {}

    /// Tries the keyring of this session. Blocks.
    public static Found open() {
        return open("secret-tool");
    }

    static Found open(String program) {
        Keyring keyring = new Keyring(program);
        try {
            // Nothing has this name: a keyring that works says so with 1 and without a word.
            Result result = keyring.run(PROBE, "", List.of("lookup"), "");
            if (result.code() == 0 || (result.code() == 1 && result.err().isBlank())) {
                return new Found(Optional.of(keyring), "");
            }
            return new Found(Optional.empty(), Messages.text("cluster.keyring.none", reason(result)));
        } catch (TokenStoreException e) {
            return new Found(Optional.empty(), e.sentence());
        }
    }

    @Override
    public Optional<String> find(String cluster) {
        Result result = run(PATIENCE, "", List.of("lookup"), cluster);
        if (result.code() == 0) {
            return Optional.of(result.out().strip()).filter(token -> !token.isEmpty());
        }
        if (result.err().isBlank()) {
            return Optional.empty();
        }
        throw new TokenStoreException(Messages.text("cluster.keyring.failed", reason(result)));
    }

    @Override
    public void put(String cluster, String token) {
        check(run(
                PATIENCE,
                token,
                List.of("store", "--label=" + Messages.text("cluster.keyring.label", cluster)),
                cluster));
    }

    @Override
    public void remove(String cluster) {
        Result result = run(PATIENCE, "", List.of("clear"), cluster);
        // 1 without a word: it was not there.
        if (!result.err().isBlank()) {
            check(result);
        }
    }

    private static void check(Result result) {
        if (result.code() != 0) {
            throw new TokenStoreException(Messages.text("cluster.keyring.failed", reason(result)));
        }
    }

    private static String reason(Result result) {
        return result.err().isBlank()
                ? "exit code " + result.code()
                : result.err().strip();
    }

    private Result run(Duration patience, String input, List<String> verb, String cluster) {
        List<String> command = new ArrayList<>();
        command.add(program);
        command.addAll(verb);
        command.addAll(KEYS);
        command.add(cluster);
        Process process;
        try {
            process = new ProcessBuilder(command).start();
        } catch (IOException _) {
            throw new TokenStoreException(Messages.text("cluster.keyring.program"));
        }
        try {
            CompletableFuture<String> out = reading(process.getInputStream());
            CompletableFuture<String> err = reading(process.getErrorStream());
            write(process.getOutputStream(), input);
            if (!process.waitFor(patience)) {
                throw new TokenStoreException(Messages.text("cluster.keyring.silent"));
            }
            return new Result(process.exitValue(), out.join(), err.join());
        } catch (CompletionException e) {
            throw new TokenStoreException(Messages.text("cluster.keyring.failed", String.valueOf(e.getMessage())));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new TokenStoreException(Messages.text("cluster.keyring.silent"));
        } finally {
            process.destroy();
        }
    }

    private static void write(OutputStream pipe, String input) {
        try (pipe) {
            pipe.write(input.getBytes(UTF_8));
        } catch (IOException _) {
            // It has ended without reading: its exit code says why.
        }
    }

    private static CompletableFuture<String> reading(InputStream stream) {
        CompletableFuture<String> all = new CompletableFuture<>();
        // Reading a pipe holds the carrier of a virtual thread.
        Thread.ofPlatform().daemon().name("secret-tool").start(() -> {
            try (stream) {
                all.complete(new String(stream.readAllBytes(), UTF_8));
            } catch (IOException e) {
                all.completeExceptionally(e);
            }
        });
        return all;
    }
}
