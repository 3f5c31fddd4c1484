package dev.heliograph.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// What became of a stream of bytes in a [FrameDecoder].
///
/// @param events    one line each, payloads in hexadecimal
/// @param closeCode of the violation, or 0
/// @param idle      whether the decoder held nothing at the end
record Decoding(List<String> events, int closeCode, boolean idle) {

    private static final HexFormat HEX = HexFormat.of();

    /// Decodes a stream in one piece, byte by byte, and in two pieces for each point to cut it; all must be the
    /// same.
    static Decoding everyWay(int maxMessageSize, byte[] stream) {
        Decoding whole = inPieces(maxMessageSize, stream);
        int[] everywhere = new int[Math.max(0, stream.length - 1)];
        for (int i = 0; i < everywhere.length; i++) {
            everywhere[i] = i + 1;
        }
        assertThat(inPieces(maxMessageSize, stream, everywhere))
                .as("byte by byte")
                .isEqualTo(whole);
        for (int cut = 0; cut <= stream.length; cut++) {
            assertThat(inPieces(maxMessageSize, stream, cut))
                    .as("cut at %d", cut)
                    .isEqualTo(whole);
        }
        return whole;
    }

    /// Decodes a stream cut at some places, in ascending order.
    static Decoding inPieces(int maxMessageSize, byte[] stream, int... cuts) {
        FrameDecoder decoder = new FrameDecoder(maxMessageSize);
        Recorder recorder = new Recorder();
        int from = 0;
        try {
            for (int i = 0; i <= cuts.length; i++) {
                int to = i < cuts.length ? cuts[i] : stream.length;
                ByteBuffer piece = piece(stream, from, to, i);
                decoder.decode(piece, recorder);
                assertThat(piece.hasRemaining()).as("bytes left behind").isFalse();
                from = to;
            }
        } catch (WebSocketException e) {
            return new Decoding(recorder.events, e.closeCode(), decoder.idle());
        }
        return new Decoding(recorder.events, 0, decoder.idle());
    }

    /// Heap and direct buffers in turns, not at their beginning, in whatever byte order.
    private static ByteBuffer piece(byte[] stream, int from, int to, int number) {
        int length = to - from;
        ByteBuffer piece = number % 2 == 0 ? ByteBuffer.allocate(length + 5) : ByteBuffer.allocateDirect(length + 5);
        piece.position(3).put(stream, from, length).position(3).limit(3 + length);
        return piece.order(number % 3 == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }

    static String text(byte[] payload) {
        return "text " + HEX.formatHex(payload);
    }

    static String binary(byte[] payload) {
        return "binary " + HEX.formatHex(payload);
    }

    static String ping(byte[] payload) {
        return "ping " + HEX.formatHex(payload);
    }

    static String pong(byte[] payload) {
        return "pong " + HEX.formatHex(payload);
    }

    static String close(int code, String reason) {
        return "close " + code + " " + reason;
    }

    private static final class Recorder implements FrameHandler {

        final List<String> events = new ArrayList<>();

        @Override
        public void onMessage(boolean text, byte[] payload) {
            events.add(text ? text(payload) : binary(payload));
        }

        @Override
        public void onPing(byte[] payload) {
            events.add(ping(payload));
        }

        @Override
        public void onPong(byte[] payload) {
            events.add(pong(payload));
        }

        @Override
        public void onClose(int code, String reason) {
            events.add(close(code, reason));
        }
    }
}
