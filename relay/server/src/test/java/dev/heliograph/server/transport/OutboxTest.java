package dev.heliograph.server.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private final Outbox outbox = new Outbox();

    private static byte[] bytes(String text) {
        return text.getBytes(US_ASCII);
    }

    private String peek(int capacity) {
        ByteBuffer target = ByteBuffer.allocate(capacity);
        outbox.copyTo(target);
        return new String(target.array(), 0, target.position(), US_ASCII);
    }

    @Test
    void bytesLeaveInTheOrderTheyCameHoweverTheyAreCut() {
        Random random = new Random(3);
        StringBuilder in = new StringBuilder();
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            if (random.nextBoolean()) {
                String frame = "x".repeat(random.nextInt(20)) + i + ";";
                in.append(frame);
                outbox.add(bytes(frame));
            }
            String some = peek(random.nextInt(64));
            int taken = some.isEmpty() ? 0 : random.nextInt(some.length() + 1);
            out.append(some, 0, taken);
            outbox.consumed(taken);
            assertThat(outbox.bytes()).isEqualTo(in.length() - out.length());
            assertThat(outbox.isEmpty()).isEqualTo(in.length() == out.length());
        }
        out.append(peek((int) outbox.bytes()));
        assertThat(out).hasToString(in.toString());
    }

    @Test
    void aFrameOfWhichAPartIsWrittenGoesOnBehindThatPart() {
        outbox.addPart(bytes("begun"), 2);
        outbox.add(bytes("next"));
        assertThat(outbox.bytes()).isEqualTo(7);
        assertThat(peek(100)).isEqualTo("gunnext");
    }

    @Test
    void whatIsNotBegunCanBeDroppedButABegunFrameMustBeFinished() {
        outbox.add(bytes("first"));
        outbox.add(bytes("second"));
        outbox.consumed(3);
        outbox.dropUnbegun();
        assertThat(peek(100)).isEqualTo("st");
        assertThat(outbox.bytes()).isEqualTo(2);

        outbox.consumed(2);
        outbox.add(bytes("third"));
        outbox.dropUnbegun();
        assertThat(outbox.isEmpty()).isTrue();
        assertThat(outbox.bytes()).isZero();
    }

    @Test
    void aClearedOutboxBeginsAnew() {
        outbox.addPart(bytes("begun"), 2);
        outbox.clear();
        assertThat(outbox.isEmpty()).isTrue();
        outbox.add(bytes("new"));
        assertThat(peek(100)).isEqualTo("new");
    }
}
