package dev.heliograph.loadtest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Orders to a load test while it runs, one a line: `mark NAME` and `end`. Reads on a daemon thread of its own, since
/// reading a pipe can not be ended.
public final class Control {

    private static final long PAUSE_MILLIS = 50;
    private static final int MAX_LINE = 200;

    /// Who takes the orders, on any thread.
    public interface Orders {

        /// From now on figures are kept under this name, too.
        void mark(String name);

        /// Lets the run come to its orderly end now.
        void end();
    }

    private final Orders orders;
    private final Consumer<String> complaints;

    /// @param complaints gets lines that are no orders, in words
    public Control(Orders orders, Consumer<String> complaints) {
        this.orders = orders;
        this.complaints = complaints;
    }

    /// Reads orders to the end of a stream.
    public void read(InputStream in) {
        start(() -> lines(in));
    }

    /// Reads what is written to a named pipe or added to a file, which is made if there is none.
    public void read(Path path) throws IOException {
        if (!Files.exists(path)) {
            Files.createFile(path);
        }
        boolean pipe = !Files.isRegularFile(path);
        // Held open for writing, too: who opens a pipe only to read waits for a writer, and its end is that of the
        // first who writes.
        RandomAccessFile file = new RandomAccessFile(path.toFile(), pipe ? "rw" : "r");
        start(() -> {
            try (file) {
                if (pipe) {
                    lines(new FileInputStream(file.getFD()));
                } else {
                    follow(file);
                }
            }
        });
    }

    private interface Reading {
        void read() throws IOException, InterruptedException;
    }

    private void start(Reading reading) {
        Thread.ofPlatform().daemon().name("load-control").start(() -> {
            try {
                reading.read();
            } catch (IOException e) {
                complaints.accept("orders can not be read any more: " + e.getMessage());
            } catch (InterruptedException _) {
                // Nobody does that.
            }
        });
    }

    private void lines(InputStream in) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, UTF_8));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            order(line.strip());
        }
    }

    private void follow(RandomAccessFile file) throws IOException, InterruptedException {
        StringBuilder line = new StringBuilder();
        while (true) {
            if (file.length() < file.getFilePointer()) {
                file.seek(0);
            }
            int next = file.read();
            if (next < 0) {
                Thread.sleep(PAUSE_MILLIS);
            } else if (next == '\n' || line.length() > MAX_LINE) {
                order(line.toString().strip());
                line.setLength(0);
            } else {
                line.append((char) next);
            }
        }
    }

    private void order(String line) {
        String[] words = line.split("\\s+", 2);
        if (line.equals("end")) {
            orders.end();
        } else if (words[0].equals("mark") && words.length == 2) {
            orders.mark(words[1]);
        } else if (!line.isEmpty()) {
            complaints.accept("'" + line + "' is neither 'mark NAME' nor 'end'");
        }
    }
}
