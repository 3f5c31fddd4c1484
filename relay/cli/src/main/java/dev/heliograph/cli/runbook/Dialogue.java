package dev.heliograph.cli.runbook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heliograph.cli.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Locale;

/// Asks whoever sits at the terminal.
final class Dialogue {

    /// What to do with a step.
    enum Answer {
        YES,
        SKIP,
        QUIT
    }

    private final BufferedReader in;
    private final PrintWriter out;

    Dialogue(InputStream in, PrintWriter out) {
        this.in = new BufferedReader(new InputStreamReader(in, UTF_8));
        this.out = out;
    }

    /// @throws Failure at the end of the input
    Answer ask(String question) {
        while (true) {
            switch (line(question + " [y]es, [s]kip, [q]uit: ").toLowerCase(Locale.ROOT)) {
                case "y", "yes" -> {
                    return Answer.YES;
                }
                case "s", "skip" -> {
                    return Answer.SKIP;
                }
                case "q", "quit" -> {
                    return Answer.QUIT;
                }
                default -> out.println("Please answer y, s or q.");
            }
        }
    }

    /// @throws Failure at the end of the input
    String line(String prompt) {
        out.print(prompt);
        out.flush();
        try {
            String line = in.readLine();
            if (line == null) {
                out.println();
                throw new Failure("nobody answers: give --yes to run without questions");
            }
            return line.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
