package dev.heliograph.server.redis;

/// Why there is no connection, for operators: Jedis hides behind "Failed to connect" what would help.
final class Reasons {

    private static final int DEPTH = 10;

    private Reasons() {}

    /// The messages of an exception and of what caused it, each once.
    static String of(Throwable problem) {
        StringBuilder text = new StringBuilder(String.valueOf(problem.getMessage()));
        Throwable cause = problem.getCause();
        for (int i = 0; i < DEPTH && cause != null; i++) {
            String message = cause.getMessage();
            if (message != null && text.indexOf(message) < 0) {
                text.append(": ").append(message);
            }
            cause = cause.getCause();
        }
        return text.toString();
    }
}
