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

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a well-behaved client may send. Each stream is also decoded byte by byte and cut at every point.
class FrameDecoderTest {

    private static final int LIMIT = 100_000;

    @Test
    void decodesTheMaskedHelloOfTheRfc() {
        assertDecodes(HexFormat.of().parseHex("818537fa213d7f9f4d5158"), Decoding.text(utf8("Hello")));
    }

    @Test
    void decodesTextAndBinary() {
        assertDecodes(
                join(text("naïve 😀"), binary(new byte[] {0, (byte) 0xFF, 1})),
                Decoding.text(utf8("naïve 😀")),
                Decoding.binary(new byte[] {0, (byte) 0xFF, 1}));
    }

    @Test
    void decodesEmptyMessages() {
        assertDecodes(join(text(""), binary()), Decoding.text(new byte[0]), Decoding.binary(new byte[0]));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 7, 8, 9, 124, 125, 126, 127, 128, 255, 256, 1_000})
    void decodesEveryFormOfLength(int length) {
        byte[] payload = random(length);

        assertDecodes(join(binary(payload), ping("next")), Decoding.binary(payload), Decoding.ping(utf8("next")));
    }

    @ParameterizedTest
    @ValueSource(ints = {65_534, 65_535, 65_536, 65_537, LIMIT})
    void decodesLongMessagesInPieces(int length) {
        byte[] payload = random(length);
        byte[] stream = binary(payload).bytes();

        for (int cut : new int[] {0, 1, 2, 5, 10, 13, 14, 15, 4_096, 65_535, length, stream.length}) {
            assertThat(Decoding.inPieces(LIMIT, stream, cut))
                    .isEqualTo(new Decoding(List.of(Decoding.binary(payload)), 0, true));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 0x0000_00FF, 0xFF00_0000, 0x8000_0001, 0x0102_0304})
    void unmasksWithAnyKey(int key) {
        byte[] payload = random(61);

        assertDecodes(binary(payload).key(key).bytes(), Decoding.binary(payload));
    }

    @Test
    void joinsFragments() {
        assertDecodes(
                join(
                        text("one ").unfinished(),
                        continuation("two ").unfinished(),
                        continuation("three"),
                        binary((byte) 1).unfinished(),
                        continuation(new byte[] {2})),
                Decoding.text(utf8("one two three")),
                Decoding.binary(new byte[] {1, 2}));
    }

    @Test
    void joinsEmptyFragments() {
        assertDecodes(
                join(text("").unfinished(), continuation("").unfinished(), continuation("")),
                Decoding.text(new byte[0]));
        assertDecodes(
                join(text("").unfinished(), continuation("a").unfinished(), continuation("")),
                Decoding.text(utf8("a")));
    }

    @Test
    void joinsFragmentsThatCutCharactersApart() {
        byte[] payload = utf8("a£€😀z");
        for (int first = 0; first <= payload.length; first++) {
            for (int second = first; second <= payload.length; second++) {
                byte[] stream = join(
                        text(slice(payload, 0, first)).unfinished(),
                        continuation(slice(payload, first, second)).unfinished(),
                        continuation(slice(payload, second, payload.length)));
                assertDecodes(stream, Decoding.text(payload));
            }
        }
    }

    @Test
    void passesControlFramesOnFromBetweenFragments() {
        assertDecodes(
                join(
                        text("a").unfinished(),
                        ping("p"),
                        continuation(new byte[] {(byte) 0xC2}).unfinished(),
                        pong(""),
                        continuation(new byte[] {(byte) 0xA3})),
                Decoding.ping(utf8("p")),
                Decoding.pong(new byte[0]),
                Decoding.text(utf8("a£")));
    }

    @Test
    void decodesControlFramesOfTheGreatestLength() {
        String most = "x".repeat(125);

        assertDecodes(join(ping(most), pong(most)), Decoding.ping(utf8(most)), Decoding.pong(utf8(most)));
        assertDecodes(close(1000, "r".repeat(123)).bytes(), Decoding.close(1000, "r".repeat(123)));
    }

    @Test
    void decodesCloseWithCodeAndReason() {
        assertDecodes(close(1001, "läuft").bytes(), Decoding.close(1001, "läuft"));
        assertDecodes(close(4321, "").bytes(), Decoding.close(4321, ""));
    }

    @Test
    void reportsNoStatusForAnEmptyClose() {
        assertDecodes(close().bytes(), Decoding.close(1005, ""));
    }

    @Test
    void ignoresWhatFollowsAClose() {
        assertDecodes(
                join(close(1000, ""), text("late"), close(1001, ""), ping("").unmasked()), Decoding.close(1000, ""));
    }

    @Test
    void forgetsAnUnfinishedMessageAtAClose() {
        assertDecodes(join(text("half").unfinished(), close(1000, "")), Decoding.close(1000, ""));
    }

    @Test
    void isNotIdleInsideAFrameOrMessage() {
        byte[] stream = join(text("one").unfinished(), ping("two"), continuation("three"), text("four"));
        int messageEnd = stream.length - text("four").bytes().length;

        for (int length = 1; length < stream.length; length++) {
            assertThat(Decoding.inPieces(LIMIT, slice(stream, 0, length)).idle())
                    .as("after %d bytes", length)
                    .isEqualTo(length == messageEnd);
        }
    }

    @Test
    void isIdleWhenNothingHasArrived() {
        assertThat(new FrameDecoder(LIMIT).idle()).isTrue();
        assertDecodes(new byte[0]);
    }

    @Test
    void refusesANegativeLimit() {
        assertThatThrownBy(() -> new FrameDecoder(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertDecodes(byte[] stream, String... events) {
        assertThat(Decoding.everyWay(LIMIT, stream)).isEqualTo(new Decoding(List.of(events), 0, true));
    }

    private static byte[] slice(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
