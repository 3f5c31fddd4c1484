package dev.heliograph.server.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameEncoderTest {

    @Test
    void encodesTheExamplesOfTheRfc() {
        byte[] hello = "Hello".getBytes(UTF_8);

        assertThat(hex(FrameEncoder.text(hello))).isEqualTo("810548656c6c6f");
        assertThat(hex(FrameEncoder.ping(hello))).isEqualTo("890548656c6c6f");
        assertThat(hex(FrameEncoder.pong(hello))).isEqualTo("8a0548656c6c6f");
        assertThat(FrameEncoder.binary(new byte[256])).hasSize(260).startsWith(0x82, 0x7E, 0x01, 0x00);
        assertThat(FrameEncoder.binary(new byte[65_536]))
                .hasSize(65_546)
                .startsWith(0x82, 0x7F, 0, 0, 0, 0, 0, 1, 0, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 8200",
        "1, 8201",
        "125, 827d",
        "126, 827e007e",
        "65535, 827effff",
        "65536, 827f0000000000010000",
        "305419896, 827f0000000012345678",
        "2147483647, 827f000000007fffffff",
    })
    void writesTheShortestHeader(int length, String header) {
        byte[] target = new byte[16];

        int payloadAt = FrameEncoder.writeHeader(target, 3, false, length);

        assertThat(payloadAt).isEqualTo(3 + FrameEncoder.headerLength(length)).isEqualTo(3 + header.length() / 2);
        assertThat(hex(Arrays.copyOfRange(target, 3, payloadAt))).isEqualTo(header);
        assertThat(Arrays.copyOf(target, 3)).containsOnly(0);
        assertThat(Arrays.copyOfRange(target, payloadAt, 16)).containsOnly(0);
    }

    @Test
    void tellsTextFromBinary() {
        byte[] target = new byte[2];

        FrameEncoder.writeHeader(target, 0, true, 5);

        assertThat(hex(target)).isEqualTo("8105");
    }

    @Test
    void doesNotTouchThePayload() {
        byte[] payload = {1, 2, 3};

        byte[] frame = FrameEncoder.binary(payload);

        assertThat(frame).isEqualTo(new byte[] {(byte) 0x82, 3, 1, 2, 3});
        assertThat(payload).containsExactly(1, 2, 3);
    }

    @Test
    void refusesControlFramesOver125Bytes() {
        assertThat(FrameEncoder.ping(new byte[125])).hasSize(127);
        assertThatThrownBy(() -> FrameEncoder.ping(new byte[126])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FrameEncoder.pong(new byte[126])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void encodesCloseWithCodeAndReason() {
        assertThat(hex(FrameEncoder.close(3501, "bad"))).isEqualTo("88050dad626164");
        assertThat(hex(FrameEncoder.close(1000, ""))).isEqualTo("880203e8");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 2999, 5000})
    void encodesAnEmptyCloseForCodesThatMustNotBeSent(int code) {
        assertThat(hex(FrameEncoder.close(code, "why"))).isEqualTo("8800");
    }

    @ParameterizedTest
    @CsvSource({"x, 123", "é, 122", "€, 123", "😀, 120"})
    void cutsALongReasonBetweenTwoCharacters(String character, int bytesKept) {
        String reason = character.repeat(200);

        byte[] frame = FrameEncoder.close(1000, reason);

        assertThat(frame).hasSize(4 + bytesKept);
        assertThat(frame[1]).isEqualTo((byte) (2 + bytesKept));
        String kept = new String(frame, 4, bytesKept, UTF_8);
        assertThat(reason).startsWith(kept);
        assertThat(kept).doesNotContain("\uFFFD");
    }

    @Test
    void keepsAReasonOfExactly123Bytes() {
        byte[] frame = FrameEncoder.close(1000, "é".repeat(60) + "€");

        assertThat(new String(frame, 4, frame.length - 4, UTF_8)).isEqualTo("é".repeat(60) + "€");
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
