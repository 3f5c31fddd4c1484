package dev.heliograph.runbook;

import java.util.List;
import java.util.stream.Collectors;

/// A runbook that cannot be used as it is written, or a step that cannot be done as it stands. Its message is for the
/// operator.
public final class RunbookException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// One thing that is wrong with a file.
    ///
    /// @param line of the file, the first is 1
    public record Problem(int line, String sentence) {

        @Override
        public String toString() {
            return "line " + line + ": " + sentence;
        }
    }

    private final transient List<Problem> problems;

    public RunbookException(String sentence) {
        super(sentence);
        this.problems = List.of();
    }

    public RunbookException(String file, List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("; ", file + ": ", "")));
        this.problems = List.copyOf(problems);
    }

    /// All that is wrong with the file, in its order; empty if it is no file that is wrong.
    public List<Problem> problems() {
        return problems;
    }

    /// The sentence for the operator.
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
