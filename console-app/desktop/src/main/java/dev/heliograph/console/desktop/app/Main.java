package dev.heliograph.console.desktop.app;

/// Starts the console.
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        throw new UnsupportedOperationException("not yet");
    }
}
