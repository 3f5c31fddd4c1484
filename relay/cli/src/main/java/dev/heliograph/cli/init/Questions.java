package dev.heliograph.cli.init;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// Takes answers from options, and asks for those that are not there.
final class Questions {

    /// @param option where the answer may be given instead
    /// @param usual  the answer of who has none
    /// @param read   throws an [IllegalArgumentException] that says what is wrong
    record Question<T>(String option, String text, String usual, Function<String, T> read) {}

    private final CommandLine line;
    private final BufferedReader in;
    private final boolean usual;

    /// @param usual whether nobody is asked, and the usual answer taken
    Questions(CommandLine line, InputStream in, boolean usual) {
        this.line = line;
        this.in = new BufferedReader(new InputStreamReader(in, UTF_8));
        this.usual = usual;
    }

    /// @throws ParameterException if an option is wrong, or nobody answers
    <T> T answer(Question<T> question, Optional<String> given) {
        if (given.isPresent() || usual) {
            try {
                return question.read.apply(given.orElse(question.usual));
            } catch (IllegalArgumentException e) {
                throw new ParameterException(line, question.option + ": " + e.getMessage());
            }
        }
        while (true) {
            String text = ask(question);
            try {
                return question.read.apply(text.isEmpty() ? question.usual : text);
            } catch (IllegalArgumentException e) {
                out().println("  " + e.getMessage());
            }
        }
    }

    private String ask(Question<?> question) {
        out().print(question.text + " [" + question.usual + "]: ");
        out().flush();
        try {
            String text = in.readLine();
            if (text == null) {
                out().println();
                throw missing(line, question.option);
            }
            return text.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Nobody is there to be asked.
    static ParameterException missing(CommandLine line, String options) {
        return new ParameterException(line, "nobody answers: give " + options + ", or --yes for what is usual");
    }

    private PrintWriter out() {
        return line.getOut();
    }
}
