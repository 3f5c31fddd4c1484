package dev.heliograph.server.websocket;

import static dev.heliograph.server.websocket.ClientFrame.binary;
import static dev.heliograph.server.websocket.ClientFrame.close;
import static dev.heliograph.server.websocket.ClientFrame.continuation;
import static dev.heliograph.server.websocket.ClientFrame.join;
import static dev.heliograph.server.websocket.ClientFrame.ping;
import static dev.heliograph.server.websocket.ClientFrame.pong;
import static dev.heliograph.server.websocket.ClientFrame.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a client must not send. Each stream is also decoded byte by byte and cut at every point.
class FrameDecoderViolationTest {

    private static final int LIMIT = 70_000;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void refusesReservedBits(int bits) {
        assertViolates(1002, text("x").reserved(bits).bytes());
        assertViolates(1002, ping("x").reserved(bits).bytes());
        assertViolates(1002, join(text("x").unfinished(), continuation("y").reserved(bits)));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
    void refusesReservedOpcodes(int opcode) {
        assertViolates(1002, ClientFrame.of(opcode, (byte) 1).bytes());
        assertViolates(1002, ClientFrame.of(opcode).unfinished().bytes());
        assertViolates(1002, join(text("x").unfinished(), ClientFrame.of(opcode, (byte) 1)));
    }

    @Test
    void refusesUnmaskedFrames() {
        assertViolates(1002, text("x").unmasked().bytes());
        assertViolates(1002, binary().unmasked().bytes());
        assertViolates(1002, ping("").unmasked().bytes());
        assertViolates(1002, close(1000, "").unmasked().bytes());
        assertViolates(1002, join(text("x").unfinished(), continuation("y").unmasked()));
    }

    @Test
    void refusesFragmentedControlFrames() {
        assertViolates(1002, ping("x").unfinished().bytes());
        assertViolates(1002, pong("x").unfinished().bytes());
        assertViolates(1002, close(1000, "").unfinished().bytes());
    }

    @Test
    void refusesControlFramesOver125Bytes() {
        assertViolates(1002, ping("x".repeat(126)).bytes());
        assertViolates(1002, pong("x".repeat(126)).bytes());
        assertViolates(1002, close(1000, "x".repeat(124)).bytes());
        assertViolates(1002, ping("x").announcing(65_536).bytes());
    }

    @Test
    void refusesAContinuationOfNothing() {
        assertViolates(1002, continuation("x").bytes());
        assertViolates(1002, continuation("").unfinished().bytes());
        assertViolates(1002, join(ping(""), continuation("x")), Decoding.ping(new byte[0]));
        assertViolates(1002, join(text(""), continuation("x")), Decoding.text(new byte[0]));
        assertViolates(
                1002, join(text("").unfinished(), continuation(""), continuation("x")), Decoding.text(new byte[0]));
    }

    @Test
    void refusesANewMessageInsideAFragmentedOne() {
        assertViolates(1002, join(text("x").unfinished(), text("y")));
        assertViolates(1002, join(text("").unfinished(), binary()));
        assertViolates(1002, join(binary().unfinished(), text("y").unfinished()));
        assertViolates(
                1002,
                join(binary().unfinished(), continuation("").unfinished(), pong(""), binary()),
                Decoding.pong(new byte[0]));
    }

    @Test
    void refusesLengthsThatAreNotMinimal() {
        assertViolates(1002, binary(new byte[0]).lengthIn(2).bytes());
        assertViolates(1002, binary(new byte[125]).lengthIn(2).bytes());
        assertViolates(1002, binary(new byte[0]).lengthIn(8).bytes());
        assertViolates(1002, binary(new byte[125]).lengthIn(8).bytes());
        assertViolates(1002, binary(new byte[126]).lengthIn(8).bytes());
        assertViolates(1002, binary().announcing(65_535).bytes());
        assertViolates(1002, ping("x").lengthIn(2).bytes());
    }

    @Test
    void refusesALengthWithItsTopBitSet() {
        assertViolates(1002, binary().announcing(Long.MIN_VALUE).bytes());
        assertViolates(1002, binary().announcing(-1).bytes());
        assertViolates(1002, binary().announcing(Long.MIN_VALUE + 5).bytes());

        ByteBuffer in = ByteBuffer.wrap(binary().announcing(-1).bytes());
        assertThatThrownBy(() -> new FrameDecoder(LIMIT).decode(in, new Deaf()))
                .isInstanceOf(WebSocketException.class)
                .hasMessage("length over 63 bits");
    }

    @Test
    void refusesAMessageOverTheLimitByItsHeader() {
        assertViolates(1009, binary().announcing(LIMIT + 1).bytes());
        assertViolates(1009, text("").announcing(LIMIT + 1).bytes());
        assertViolates(1009, binary().announcing(1L << 31).bytes());
        assertViolates(1009, binary().announcing(1L << 32).bytes());
        assertViolates(1009, binary().announcing((1L << 32) + 1).bytes());
        assertViolates(1009, binary().announcing(Long.MAX_VALUE).bytes());
    }

    @Test
    void boundsTheSumOfFragments() {
        assertThat(Decoding.everyWay(
                        10,
                        join(text("12345").unfinished(), continuation("67890").unfinished(), continuation(""))))
                .isEqualTo(new Decoding(List.of(Decoding.text("1234567890".getBytes(UTF_8))), 0, true));
        assertThat(Decoding.everyWay(
                        10,
                        join(
                                text("12345").unfinished(),
                                continuation("67890").unfinished(),
                                continuation("x").unfinished())))
                .isEqualTo(new Decoding(List.of(), 1009, true));
        assertThat(Decoding.everyWay(
                        10,
                        join(
                                text("12345").unfinished(),
                                continuation("").announcing(Integer.MAX_VALUE).unfinished())))
                .isEqualTo(new Decoding(List.of(), 1009, true));
    }

    @Test
    void leavesControlFramesOutOfTheSum() {
        assertThat(Decoding.everyWay(2, join(text("1").unfinished(), ping("12345"), continuation("2"))))
                .isEqualTo(new Decoding(
                        List.of(Decoding.ping("12345".getBytes(UTF_8)), Decoding.text("12".getBytes(UTF_8))), 0, true));
    }

    @Test
    void takesOnlyEmptyMessagesAtALimitOfZero() {
        assertThat(Decoding.everyWay(0, text("").bytes()).closeCode()).isZero();
        assertThat(Decoding.everyWay(0, text("x").bytes()).closeCode()).isEqualTo(1009);
    }

    @Test
    void refusesACloseOfOneByte() {
        assertViolates(1002, ClientFrame.of(Opcode.CLOSE, (byte) 3).bytes());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535})
    void refusesInvalidCloseCodes(int code) {
        assertViolates(1002, close(code, "").bytes());
        assertViolates(1002, close(code, "why").bytes());
    }

    @ParameterizedTest
    @ValueSource(
            ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999})
    void takesValidCloseCodes(int code) {
        assertThat(Decoding.everyWay(LIMIT, close(code, "why").bytes()))
                .isEqualTo(new Decoding(List.of(Decoding.close(code, "why")), 0, true));
    }

    @Test
    void refusesACloseReasonThatIsNotUtf8() {
        byte[] overlong = {3, (byte) 0xE8, (byte) 0xC0, (byte) 0x80};
        byte[] cut = {3, (byte) 0xE8, 'x', (byte) 0xE2, (byte) 0x82};

        assertViolates(1007, ClientFrame.of(Opcode.CLOSE, overlong).bytes());
        assertViolates(1007, ClientFrame.of(Opcode.CLOSE, cut).bytes());
    }

    @Test
    void saysWhatTheFirstTwoBytesGetWrongBeforeTheRestHasCome() {
        assertViolates(1002, text("x").reserved(4).bytes(2));
        assertViolates(1002, text("x").unmasked().bytes(2));
        assertViolates(1002, ClientFrame.of(3).bytes(2));
        assertViolates(1002, continuation("x").bytes(2));
        assertViolates(1002, ping("x".repeat(126)).bytes(2));
    }

    @Test
    void reportsWhatCameBeforeAViolation() {
        assertViolates(
                1002,
                join(text("ok"), ping("ok"), text("bad").unmasked()),
                Decoding.text("ok".getBytes(UTF_8)),
                Decoding.ping("ok".getBytes(UTF_8)));
    }

    @Test
    void decodesNothingAfterAViolation() {
        FrameDecoder decoder = new FrameDecoder(LIMIT);
        FrameHandler deaf = new Deaf();
        assertThatThrownBy(() ->
                        decoder.decode(ByteBuffer.wrap(text("x").unmasked().bytes()), deaf))
                .isInstanceOf(WebSocketException.class);

        ByteBuffer late = ByteBuffer.wrap(text("late").bytes());
        decoder.decode(late, deaf);

        assertThat(late.hasRemaining()).isFalse();
    }

    @Test
    void violationsCarryNoStackTrace() {
        WebSocketException violation = new WebSocketException(1002, "why");

        assertThat(violation.getStackTrace()).isEmpty();
        assertThat(violation).hasMessage("why");
    }

    private static void assertViolates(int closeCode, byte[] stream, String... eventsBefore) {
        assertThat(Decoding.everyWay(LIMIT, stream)).isEqualTo(new Decoding(List.of(eventsBefore), closeCode, true));
    }

    /// Must not hear anything.
    private static final class Deaf implements FrameHandler {

        @Override
        public void onMessage(boolean text, byte[] payload) {
            throw new AssertionError("message");
        }

        @Override
        public void onPing(byte[] payload) {
            throw new AssertionError("ping");
        }

        @Override
        public void onPong(byte[] payload) {
            throw new AssertionError("pong");
        }

        @Override
        public void onClose(int code, String reason) {
            throw new AssertionError("close");
        }
    }
}
