package dev.heliograph.loadtest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlTest {

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final Control control = new Control(
            new Control.Orders() {
                @Override
                public void mark(String name) {
                    heard.add("mark:" + name);
                }

                @Override
                public void end() {
                    heard.add("end");
                }
            },
            complaint -> heard.add("complaint:" + complaint));

    @TempDir
    private Path folder;

    private void assertHeard(String what) throws InterruptedException {
        assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo(what);
    }

    @Test
    void linesOfAStreamAreOrders() throws Exception {
        control.read(new ByteArrayInputStream("mark deploy begin\n\n  end \nmark\nstop\n".getBytes(UTF_8)));
        assertHeard("mark:deploy begin");
        assertHeard("end");
        assertHeard("complaint:'mark' is neither 'mark NAME' nor 'end'");
        assertHeard("complaint:'stop' is neither 'mark NAME' nor 'end'");
    }

    @Test
    void linesThatAreAddedToAFileAreOrders() throws Exception {
        Path file = folder.resolve("orders");
        control.read(file);
        append(file, "mark one\nmark t");
        assertHeard("mark:one");
        append(file, "wo\n");
        assertHeard("mark:two");
        Files.writeString(file, "end\n");
        assertHeard("end");
    }

    @Test
    void aPipeIsReadFromOneWriterAfterTheOther() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        control.read(pipe);
        append(pipe, "mark one\n");
        assertHeard("mark:one");
        append(pipe, "end\n");
        assertHeard("end");
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }
}
