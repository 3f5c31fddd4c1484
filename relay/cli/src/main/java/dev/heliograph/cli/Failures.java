package dev.heliograph.cli;

import dev.heliograph.server.config.ConfigException;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Turns what went wrong into lines on stderr and an exit code; a stack trace is shown to who asked for it.
///
/// @param debug whether stack traces are shown
record Failures(BooleanSupplier debug) implements IParameterExceptionHandler, IExecutionExceptionHandler {

    @Override
    public int handleParseException(ParameterException exception, String[] args) {
        CommandLine command = exception.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        PrintWriter err = command.getErr();
        err.println(name + ": " + oneLine(message(exception)) + " (see " + name + " --help)");
        trace(exception, err);
        return CommandLine.ExitCode.USAGE;
    }

    private static String message(ParameterException exception) {
        if (exception instanceof UnmatchedArgumentException unmatched) {
            List<String> near = unmatched.getSuggestions();
            return "what is '" + unmatched.getUnmatched().getFirst() + "'?"
                    + (near.isEmpty() ? "" : " Perhaps " + String.join(" or ", near) + " is meant");
        }
        return String.valueOf(exception.getMessage());
    }

    @Override
    public int handleExecutionException(Exception exception, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        Consumer<String> line = text -> err.println(command.getCommandSpec().qualifiedName() + ": " + text);
        switch (exception) {
            case ConfigException wrong -> wrong.problems().forEach(problem -> err.println(oneLine(problem)));
            case Failure failure -> line.accept(oneLine(failure.getMessage()));
            default -> line.accept("unexpected: " + oneLine(exception.toString()) + " (--debug shows where)");
        }
        trace(exception, err);
        return CommandLine.ExitCode.SOFTWARE;
    }

    private void trace(Exception exception, PrintWriter err) {
        if (debug.getAsBoolean()) {
            exception.printStackTrace(err);
        }
        err.flush();
    }

    private static String oneLine(@Nullable String text) {
        return String.valueOf(text).strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
