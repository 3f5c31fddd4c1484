package dev.heliograph.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Frames that nearly are what they should be, and such that are not at all. A decoder takes them or refuses them;
/// what it takes can be written and read again.
class CodecFuzzTest {

    private static final int MUTATIONS = 200_000;
    private static final int NOISE = 200_000;
    private static final byte[] JSON_BYTES = "{}[]\",:\\\n u0123456789-+.eEtrufalsn\0\u007f".getBytes(US_ASCII);

    private interface Decoder<T> {
        void decode(byte[] frame, int from, int length, Consumer<T> consumer);
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void mutatedCommandsAreTakenOrRefused(Encoding encoding) {
        Codec codec = encoding.codec();
        int taken = 0;

        for (long seed = 0; seed < MUTATIONS; seed++) {
            byte[] frame = mutate(codec.encode(new Messages(seed % 1_000).command()), codec, seed);
            taken += CodecFuzzTest.<Command>decode(codec::decodeCommands, codec::encode, frame, seed) ? 1 : 0;
        }

        assertThat(taken).as("frames that still are valid").isBetween(MUTATIONS / 50, MUTATIONS * 9 / 10);
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void mutatedRepliesAreTakenOrRefused(Encoding encoding) {
        Codec codec = encoding.codec();
        int taken = 0;

        for (long seed = 0; seed < MUTATIONS; seed++) {
            byte[] frame = mutate(codec.encode(new Messages(seed % 1_000).reply()), codec, seed);
            taken += CodecFuzzTest.<Reply>decode(codec::decodeReplies, codec::encode, frame, seed) ? 1 : 0;
        }

        assertThat(taken).as("frames that still are valid").isBetween(MUTATIONS / 50, MUTATIONS * 9 / 10);
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void noiseIsTakenOrRefused(Encoding encoding) {
        Codec codec = encoding.codec();

        for (long seed = 0; seed < NOISE; seed++) {
            RandomGenerator random = random(seed);
            byte[] frame = new byte[random.nextInt(64)];
            for (int i = 0; i < frame.length; i++) {
                frame[i] = random.nextBoolean() ? anyByte(random) : JSON_BYTES[random.nextInt(JSON_BYTES.length)];
            }
            if (frame.length > 0 && random.nextBoolean()) {
                frame[0] = encoding == Encoding.JSON ? (byte) '{' : (byte) (frame.length - 1);
            }
            CodecFuzzTest.<Command>decode(codec::decodeCommands, codec::encode, frame, seed);
            CodecFuzzTest.<Reply>decode(codec::decodeReplies, codec::encode, frame, seed);
        }
    }

    /// @return whether the whole frame was taken
    private static <T> boolean decode(Decoder<T> decoder, Function<T, byte[]> encoder, byte[] frame, long seed) {
        byte[] copy = frame.clone();
        List<T> seen = new ArrayList<>();
        boolean taken;
        try {
            decoder.decode(frame, 0, frame.length, seen::add);
            taken = true;
        } catch (ProtocolException e) {
            assertThat(e.code()).isEqualTo(DisconnectCode.BAD_REQUEST);
            taken = false;
        } catch (RuntimeException | Error e) {
            return fail("seed " + seed + ", frame " + HexFormat.of().formatHex(frame), e);
        }
        if (!Arrays.equals(frame, copy)) {
            fail("seed " + seed + ": the frame was changed");
        }
        for (T message : seen) {
            List<T> again = new ArrayList<>();
            byte[] written = encoder.apply(message);
            decoder.decode(written, 0, written.length, again::add);
            // Line breaks of a payload are spaces now; but for them it is the same.
            if (!again.equals(List.of(message)) && !Arrays.equals(written, encoder.apply(again.getFirst()))) {
                fail("seed " + seed + ": " + message + " became " + again);
            }
        }
        return taken;
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    private static byte anyByte(RandomGenerator random) {
        return (byte) random.nextInt(256);
    }

    private static byte[] mutate(byte[] frame, Codec codec, long seed) {
        RandomGenerator random = random(seed);
        byte[] mutated = frame;
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int at = random.nextInt(mutated.length + 1);
            int to = at + random.nextInt(mutated.length - at + 1);
            mutated = switch (random.nextInt(8)) {
                case 0 -> flip(mutated, random);
                case 1 -> splice(mutated, at, new byte[] {anyByte(random)}, at);
                case 2 -> splice(mutated, at, new byte[] {JSON_BYTES[random.nextInt(JSON_BYTES.length)]}, at);
                case 3 -> splice(mutated, at, new byte[0], Math.min(mutated.length, at + 1));
                case 4 -> splice(mutated, at, new byte[0], to);
                case 5 -> splice(mutated, at, Arrays.copyOfRange(mutated, at, to), at);
                case 6 -> Arrays.copyOf(mutated, at);
                default -> {
                    byte[] other = codec.join(List.of(mutated, codec.encode(new Messages(seed + 1).command())));
                    yield splice(mutated, at, Arrays.copyOfRange(other, Math.min(to, other.length), other.length), to);
                }
            };
        }
        return mutated;
    }

    private static byte[] flip(byte[] frame, RandomGenerator random) {
        byte[] flipped = frame.clone();
        if (flipped.length > 0) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    private static byte[] splice(byte[] frame, int from, byte[] between, int to) {
        byte[] spliced = Arrays.copyOf(frame, from + between.length + frame.length - to);
        System.arraycopy(between, 0, spliced, from, between.length);
        System.arraycopy(frame, to, spliced, from + between.length, frame.length - to);
        return spliced;
    }
}
