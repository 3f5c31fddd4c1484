package dev.heliograph.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedProtobufTest {

    private static final Codec CODEC = Encoding.PROTOBUF.codec();
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private static void commandIsRefused(byte[] frame) {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> CODEC.decodeCommands(frame, 0, frame.length, _ -> {}))
                .satisfies(e -> assertThat(e.code()).isEqualTo(DisconnectCode.BAD_REQUEST));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Lengths: cut off, beyond the frame, 2^31, 2^32 + 4, 2^63 + 4, 2^64 - 1, eleven bytes.
                "80",
                "01",
                "03 08 01",
                "08 08 01 5a 00",
                "80 80 80 80 08 08 01",
                "84 80 80 80 10 08 01 5a 00",
                "84 80 80 80 80 80 80 80 80 01 08 01 5a 00",
                "ff ff ff ff ff ff ff ff ff 01",
                "ff ff ff ff ff ff ff ff ff ff 01",
                // One good message, then too much or too little.
                "00 05",
                "00 80",
                "04 08 01 5a 00 01",
                // Tags: number 0, wire types 6 and 7, an end without a group, a group without an end, a number cut off.
                "01 00",
                "02 00 01",
                "02 06 00",
                "02 07 00",
                "02 0e 00",
                "02 0f 00",
                "01 0c",
                "03 0c 08 01",
                "02 08 08",
                "01 0b",
                "03 0b 08 01",
                "03 0b 0c 08",
                "02 13 1c",
                "01 08",
                "02 08 80",
                "01 80",
                "02 80 80",
                // Ids: eleven bytes.
                "0c 08 ff ff ff ff ff ff ff ff ff ff 01",
                // Requests longer than their message, or with malformed insides.
                "02 2a 01",
                "03 2a 02 0a",
                "04 2a 02 0a 01",
                "05 2a 03 0a 02 63",
                "06 08 01 2a 02 0a ff",
                "07 08 01 2a 03 0a 01 80",
                "07 08 01 2a 03 0a 01 ff",
                "08 08 01 2a 04 0a 02 c0 80",
                "09 08 01 2a 05 0a 03 ed a0 80",
                // Map entries with malformed insides: no UTF-8 in a key of headers.
                "09 08 01 22 05 32 03 0a 01 80",
                // Wire types that do not fit leave the field unset: there is no channel, and no request.
                "06 08 01 2a 02 08 01",
                "04 08 01 28 05",
                "02 08 01",
                // Half a message.
                "09 08 01 3a 05 0a 01 63 12 05"
            })
    void whatIsNoCommandIsRefused(String frame) {
        commandIsRefused(HEX.parseHex(frame));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "01",
                "02 08 01",
                "02 22 05",
                "04 22 02 2a 00",
                "04 22 02 32 00",
                "05 22 03 12 01 80",
                "02 12 01",
                "0a 08 01 4a 06 0a 04 0a 02 61 80"
            })
    void whatIsNoReplyIsRefused(String frame) {
        byte[] bytes = HEX.parseHex(frame);

        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> CODEC.decodeReplies(bytes, 0, bytes.length, _ -> {}))
                .satisfies(e -> assertThat(e.code()).isEqualTo(DisconnectCode.BAD_REQUEST));
    }

    @Test
    void anIdIsOnlyAsLongAs32Bits() {
        // Protobuf cuts longer numbers to the type of their field: 2^32 + 1 is 1.
        byte[] frame = HEX.parseHex("08 08 81 80 80 80 10 5a 00");

        assertThat(RoundTripTest.decodeCommands(CODEC, frame)).containsExactly(new Command(1, new Request.Ping()));
    }

    /// Filter nodes within filter nodes, from the innermost out, each with its true length.
    private static byte[] filters(int depth) {
        byte[] node = {};
        for (int i = 0; i < depth; i++) {
            node = field(0x32, node);
        }
        byte[] subscribe = concat(new byte[] {0x0a, 1, 'c'}, field(0x6a, node));
        byte[] command = concat(new byte[] {8, 1}, field(0x2a, subscribe));
        byte[] frame = field(0, command);
        return Arrays.copyOfRange(frame, 1, frame.length);
    }

    private static byte[] field(int tag, byte[] value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = value.length;
        while (length >= 0x80) {
            out.write(length | 0x80);
            length >>>= 7;
        }
        out.write(length);
        out.writeBytes(value);
        return out.toByteArray();
    }

    private static byte[] concat(byte[] first, byte[] second) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(first);
        out.writeBytes(second);
        return out.toByteArray();
    }

    private static byte[] groups(int depth) {
        byte[] starts = new byte[depth];
        Arrays.fill(starts, (byte) 0x0b);
        byte[] frame = field(0, starts);
        return Arrays.copyOfRange(frame, 1, frame.length);
    }

    @Test
    void nestingWithoutEndDoesNotEatTheStack() throws InterruptedException {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        byte[] filters = filters(10_000);
        byte[] groups = groups(100_000);
        Thread shallow = new Thread(
                null,
                () -> {
                    commandIsRefused(filters);
                    commandIsRefused(groups);
                },
                "small stack",
                512 * 1024);
        shallow.setUncaughtExceptionHandler((_, e) -> failure.set(e));

        shallow.start();
        shallow.join();

        assertThat(failure.get()).isNull();
        assertThat(RoundTripTest.decodeCommands(CODEC, filters(40))).hasSize(1);
    }
}
