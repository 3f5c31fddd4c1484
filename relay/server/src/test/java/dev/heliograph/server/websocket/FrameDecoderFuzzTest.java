package dev.heliograph.server.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random streams: valid ones give what was put in; any others give the same however they are cut, and no other
/// exception than a violation.
class FrameDecoderFuzzTest {

    private static final int FRAMES = 25_000;
    private static final int LIMIT = 2_000;
    private static final String[] WORDS = {"", "a", "longer words", "é", "€uro", "😀", "\u0000", "z".repeat(130)};

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void validStreamsGiveWhatWasPutInAndMutatedOnesNoSurprise(long seed) {
        Random random = new Random(seed);
        int refused = 0;
        for (int frames = 0; frames < FRAMES; ) {
            Stream stream = new Stream(random);
            frames += stream.frames;
            byte[] bytes = stream.bytes.toByteArray();

            assertThat(Decoding.inPieces(LIMIT, bytes)).isEqualTo(new Decoding(stream.events, 0, true));
            assertThat(Decoding.inPieces(LIMIT, bytes, cuts(random, bytes.length)))
                    .isEqualTo(new Decoding(stream.events, 0, true));

            byte[] mutated = mutate(random, bytes);
            Decoding whole = Decoding.inPieces(LIMIT, mutated);
            assertThat(Decoding.inPieces(LIMIT, mutated, cuts(random, mutated.length)))
                    .isEqualTo(whole);
            if (whole.closeCode() != 0) {
                refused++;
                assertThat(whole.closeCode()).isIn(1002, 1007, 1009);
            }
        }
        assertThat(refused).as("mutations that break a rule").isGreaterThan(FRAMES / 50);
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void noiseGivesViolationsOnly(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < FRAMES; i++) {
            byte[] noise = new byte[random.nextInt(64)];
            random.nextBytes(noise);
            if (noise.length >= 2) {
                // A plausible beginning, else most noise ends at its first two bytes.
                noise[0] &= (byte) 0x8F;
                noise[1] |= (byte) 0x80;
            }
            Decoding whole = Decoding.inPieces(LIMIT, noise);
            assertThat(Decoding.inPieces(LIMIT, noise, cuts(random, noise.length)))
                    .isEqualTo(whole);
        }
    }

    private static int[] cuts(Random random, int length) {
        return IntStream.generate(() -> random.nextInt(length + 1))
                .limit(random.nextInt(8))
                .sorted()
                .toArray();
    }

    private static byte[] mutate(Random random, byte[] bytes) {
        byte[] mutated = bytes.clone();
        for (int i = random.nextInt(3); i >= 0 && mutated.length > 0; i--) {
            int at = random.nextInt(mutated.length);
            mutated = switch (random.nextInt(5)) {
                case 0 -> flipped(mutated, at, 1 << random.nextInt(8));
                case 1 -> flipped(mutated, at, random.nextInt(256));
                case 2 -> Arrays.copyOf(mutated, at);
                case 3 -> spliced(mutated, at, at + random.nextInt(mutated.length - at));
                default -> spliced(mutated, at, at - random.nextInt(at + 1));
            };
        }
        return mutated;
    }

    private static byte[] flipped(byte[] bytes, int at, int bits) {
        bytes[at] ^= (byte) bits;
        return bytes;
    }

    /// The bytes up to one place and from another, which leaves a part out or repeats it.
    private static byte[] spliced(byte[] bytes, int to, int from) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, to);
        out.write(bytes, from, bytes.length - from);
        return out.toByteArray();
    }

    /// Some valid messages and what they mean.
    private static final class Stream {

        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final List<String> events = new ArrayList<>();
        int frames;

        private final Random random;

        Stream(Random random) {
            this.random = random;
            for (int i = random.nextInt(5); i >= 0; i--) {
                message();
            }
            if (random.nextInt(4) == 0) {
                int code = random.nextBoolean() ? 1000 : 3000 + random.nextInt(2_000);
                add(ClientFrame.close(code, "bye€"));
                events.add(Decoding.close(code, "bye€"));
            }
        }

        private void message() {
            boolean text = random.nextInt(3) != 0;
            byte[] payload = text ? words() : noise(random.nextInt(300));
            int fragments = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 1;
            int from = 0;
            for (int i = 1; i <= fragments; i++) {
                int to = i == fragments ? payload.length : from + random.nextInt(payload.length - from + 1);
                int opcode = i > 1 ? Opcode.CONTINUATION : text ? Opcode.TEXT : Opcode.BINARY;
                ClientFrame frame = ClientFrame.of(opcode, Arrays.copyOfRange(payload, from, to));
                add(i == fragments ? frame : frame.unfinished());
                from = to;
                if (i < fragments && random.nextBoolean()) {
                    control();
                }
            }
            events.add(text ? Decoding.text(payload) : Decoding.binary(payload));
        }

        private void control() {
            byte[] payload = noise(random.nextInt(126));
            boolean ping = random.nextBoolean();
            add(ClientFrame.of(ping ? Opcode.PING : Opcode.PONG, payload));
            events.add(ping ? Decoding.ping(payload) : Decoding.pong(payload));
        }

        private void add(ClientFrame frame) {
            bytes.writeBytes(frame.key(random.nextInt()).bytes());
            frames++;
        }

        private byte[] words() {
            StringBuilder words = new StringBuilder();
            for (int i = random.nextInt(6); i > 0; i--) {
                words.append(WORDS[random.nextInt(WORDS.length)]);
            }
            return words.toString().getBytes(UTF_8);
        }

        private byte[] noise(int length) {
            byte[] noise = new byte[length];
            random.nextBytes(noise);
            return noise;
        }
    }
}
