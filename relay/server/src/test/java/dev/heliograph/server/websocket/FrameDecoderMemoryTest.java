package dev.heliograph.server.websocket;

import static dev.heliograph.server.websocket.ClientFrame.binary;
import static dev.heliograph.server.websocket.ClientFrame.continuation;
import static dev.heliograph.server.websocket.ClientFrame.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a peer can make the relay allocate. Counted in bytes, which says what time would: copies are linear.
class FrameDecoderMemoryTest {

    private static final int LIMIT = 16 << 20;
    private static final int READ = 64 * 1024;

    private final FrameDecoder decoder = new FrameDecoder(LIMIT);
    private final LastMessage received = new LastMessage();

    @Test
    void anAnnouncedLengthAllocatesNothing() {
        byte[] beginning = binary((byte) 1).announcing(LIMIT).bytes();
        ByteBuffer in = ByteBuffer.wrap(beginning);

        long allocated = allocatedBy(() -> decoder.decode(in, received));

        assertThat(allocated).isLessThan(READ);
        assertThat(decoder.idle()).isFalse();
    }

    @Test
    void aWholeFrameIsCopiedOnce() {
        byte[] payload = random(LIMIT);
        ByteBuffer in = direct(binary(payload).bytes());

        long allocated = allocatedBy(() -> decoder.decode(in, received));

        assertThat(received.last).isEqualTo(payload);
        assertThat(allocated).isLessThan(LIMIT + READ);
    }

    @Test
    void aFrameInManyReadsIsCopiedABoundedNumberOfTimes() {
        byte[] payload = "0123456789abcde\n".repeat(LIMIT / 16).getBytes(UTF_8);
        byte[] stream = text(payload).key(0x9A0B_C0DE).bytes();

        long allocated = allocatedBy(() -> {
            for (int from = 0; from < stream.length; from += READ) {
                decoder.decode(ByteBuffer.wrap(stream, from, Math.min(READ, stream.length - from)), received);
            }
        });

        assertThat(received.last).isEqualTo(payload);
        assertThat(allocated).isLessThan(3L * LIMIT);
        assertThat(decoder.idle()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 1_000})
    void aMessageOfManyFragmentsIsCopiedABoundedNumberOfTimes(int size) {
        byte[] payload = random(size);
        int fragments = 4_000_000 / size;
        ByteBuffer first = direct(binary(payload).unfinished().bytes());
        ByteBuffer next = direct(continuation(payload).unfinished().bytes());
        ByteBuffer last = direct(continuation(payload).bytes());

        long allocated = allocatedBy(() -> {
            decoder.decode(first, received);
            for (int i = 2; i < fragments; i++) {
                decoder.decode(next.rewind(), received);
            }
            decoder.decode(last, received);
        });

        assertThat(received.last).hasSize(size * fragments).endsWith(payload);
        assertThat(allocated).isLessThan(6L * size * fragments);
    }

    @Test
    void shortMessagesAllocateTheirPayloadOnly() {
        int count = 10_000;
        ByteBuffer in = direct(text("{}").bytes());
        decoder.decode(in, received);

        long allocated = allocatedBy(() -> {
            for (int i = 0; i < count; i++) {
                decoder.decode(in.rewind(), received);
            }
        });

        assertThat(received.messages).isEqualTo(count + 1);
        // An array of two bytes takes 24 with its header; twice that leaves room for the interpreter.
        assertThat(allocated).isLessThan(48L * count);
    }

    @Test
    void anIdleDecoderHoldsNoObjects() throws IllegalAccessException {
        decoder.decode(ByteBuffer.wrap(ClientFrame.join(text("a").unfinished(), continuation("b"))), received);
        decoder.decode(ByteBuffer.wrap(ClientFrame.ping("x").bytes(3)), received);
        decoder.decode(ByteBuffer.wrap(ClientFrame.ping("x").bytes(), 3, 4), received);

        assertThat(decoder.idle()).isTrue();
        for (Field field : FrameDecoder.class.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                field.setAccessible(true);
                assertThat(field.get(decoder)).as(field.getName()).isNull();
            }
        }
    }

    private static long allocatedBy(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
