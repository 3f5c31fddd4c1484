package dev.heliograph.server.websocket;

import static dev.heliograph.server.websocket.ClientFrame.continuation;
import static dev.heliograph.server.websocket.ClientFrame.join;
import static dev.heliograph.server.websocket.ClientFrame.ping;
import static dev.heliograph.server.websocket.ClientFrame.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Text must be UTF-8 (RFC 6455 section 8.1), and fails at its first wrong byte.
class FrameDecoderTextTest {

    private static final int LIMIT = 100_000;

    /// Columns: a possible beginning, and the byte that makes it impossible.
    @ParameterizedTest
    @CsvSource({
        "'', 80",
        "'', BF",
        "'', C0",
        "'', C1",
        "'', F5",
        "'', F8",
        "'', FC",
        "'', FE",
        "'', FF",
        "'C2', 00",
        "'C2', 7F",
        "'C2', C0",
        "'DF', 41",
        "'E0', 9F",
        "'E0', 80",
        "'E0A0', 41",
        "'E1', 7F",
        "'ED', A0",
        "'ED', BF",
        "'EF', C0",
        "'E282', C2",
        "'F0', 8F",
        "'F090', 7F",
        "'F09080', C0",
        "'F4', 90",
        "'F48F', 41",
        "'F48FBF', FF",
        "'41E282AC', 80",
        "'F09F9880', BF"
    })
    void failsAtTheFirstWrongByte(String beginning, String wrong) {
        for (int ascii : new int[] {0, 1, 7, 8, 9, 20}) {
            byte[] before =
                    concat("a".repeat(ascii).getBytes(UTF_8), HexFormat.of().parseHex(beginning));
            byte[] payload = concat(before, HexFormat.of().parseHex(wrong), "zzzzzzzzzz".getBytes(UTF_8));
            byte[] stream = text(payload).bytes();

            assertThat(Decoding.everyWay(LIMIT, stream)).isEqualTo(new Decoding(List.of(), 1007, true));
            assertThat(bytesUntilViolation(stream)).isEqualTo(6 + before.length + 1);
        }
    }

    @Test
    void failsInsideAFrameThatIsNotComplete() {
        byte[] beginning = text((byte) 'a', (byte) 0xFF).announcing(LIMIT).bytes();

        assertThat(Decoding.everyWay(LIMIT, beginning)).isEqualTo(new Decoding(List.of(), 1007, true));
    }

    @Test
    void failsInAFragmentBeforeTheMessageIsComplete() {
        assertThat(Decoding.everyWay(
                        LIMIT,
                        join(
                                text("a").unfinished(),
                                continuation((byte) 0xED, (byte) 0xA0).unfinished())))
                .isEqualTo(new Decoding(List.of(), 1007, true));
    }

    @Test
    void failsAtTheFirstByteOfAFragmentThatDoesNotGoOnWithACharacter() {
        assertThat(Decoding.everyWay(
                        LIMIT,
                        join(
                                text((byte) 0xE2, (byte) 0x82).unfinished(),
                                ping(""),
                                continuation("").unfinished(),
                                continuation("x").unfinished())))
                .isEqualTo(new Decoding(List.of(Decoding.ping(new byte[0])), 1007, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"C2", "E2", "E282", "F0", "F09F", "F09F98"})
    void refusesTextThatEndsInsideACharacter(String hex) {
        byte[] cut = HexFormat.of().parseHex(hex);

        assertThat(Decoding.everyWay(LIMIT, text(cut).bytes())).isEqualTo(new Decoding(List.of(), 1007, true));
        assertThat(Decoding.everyWay(LIMIT, join(text(cut).unfinished(), continuation(""))))
                .isEqualTo(new Decoding(List.of(), 1007, true));
    }

    @Test
    void keepsAByteOrderMarkNoncharactersAndNul() {
        byte[] payload = "\uFEFF\uFFFE\uFFFF\u0000".getBytes(UTF_8);

        assertThat(Decoding.everyWay(LIMIT, text(payload).bytes()))
                .isEqualTo(new Decoding(List.of(Decoding.text(payload)), 0, true));
    }

    @Test
    void leavesBinaryAlone() {
        byte[] payload = {(byte) 0xFF, (byte) 0xC0, (byte) 0x80};

        assertThat(Decoding.everyWay(LIMIT, join(ClientFrame.binary(payload), text("é"))))
                .isEqualTo(
                        new Decoding(List.of(Decoding.binary(payload), Decoding.text("é".getBytes(UTF_8))), 0, true));
    }

    private static int bytesUntilViolation(byte[] stream) {
        FrameDecoder decoder = new FrameDecoder(LIMIT);
        for (int i = 0; i < stream.length; i++) {
            try {
                decoder.decode(ByteBuffer.wrap(stream, i, 1), new LastMessage());
            } catch (WebSocketException _) {
                return i + 1;
            }
        }
        return fail("no violation");
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(out::writeBytes);
        return out.toByteArray();
    }
}
