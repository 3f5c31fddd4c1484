package dev.heliograph.server.observe;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/// Writes lines to a stream, and says of those that repeat too often how many there were ([RepeatLimit]). Threadsafe.
public final class LogHandler extends Handler {

    private final OutputStream out;
    private final Formatter line;
    private final RepeatLimit repeats = new RepeatLimit();
    private final Thread summaries;

    /// @param out flushed after each line, not closed
    public LogHandler(OutputStream out, LogLine line) {
        this.out = out;
        this.line = line;
        setLevel(Level.ALL);
        setFormatter(line);
        this.summaries = Thread.ofVirtual().name("log-summaries").start(this::summarize);
    }

    @Override
    public void publish(LogRecord entry) {
        if (isLoggable(entry)) {
            long now = System.nanoTime();
            synchronized (repeats) {
                boolean admitted = repeats.admits(entry, now);
                repeats.takeSummaries().forEach(this::write);
                if (admitted) {
                    write(entry);
                }
            }
        }
    }

    /// For when nothing else is logged.
    private void summarize() {
        try {
            while (true) {
                Thread.sleep(RepeatLimit.WINDOW);
                synchronized (repeats) {
                    repeats.over(System.nanoTime()).forEach(this::write);
                }
            }
        } catch (InterruptedException _) {
            // Closed.
        }
    }

    private void write(LogRecord entry) {
        try {
            out.write(line.format(entry).getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            reportError(null, e, java.util.logging.ErrorManager.WRITE_FAILURE);
        }
    }

    @Override
    public void flush() {
        try {
            out.flush();
        } catch (IOException _) {
            // The next line reports it.
        }
    }

    @Override
    public void close() {
        summaries.interrupt();
    }
}
