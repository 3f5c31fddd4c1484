package dev.heliograph.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedJsonTest {

    private static final Codec CODEC = Encoding.JSON.codec();

    private static void commandIsRefused(byte[] frame) {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> CODEC.decodeCommands(frame, 0, frame.length, _ -> {}))
                .satisfies(e -> assertThat(e.code()).isEqualTo(DisconnectCode.BAD_REQUEST))
                .withMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Not one object a line.
                "\n",
                " ",
                "\n{}",
                " {}",
                "{}\n\n",
                "{}\n\n{}",
                "{}{}",
                "{} {}",
                "{} \n{}",
                "{}\r\n{}",
                "{}\n ",
                "{}x",
                "{},{}",
                "\ufeff{}",
                "{}\0",
                "[]",
                "[{}]",
                "1",
                "null",
                "\"secret\"",
                "x",
                // Not whole.
                "{",
                "{\"",
                "{\"id",
                "{\"id\"",
                "{\"id\":",
                "{\"id\":1",
                "{\"id\":1,",
                "{\"id\":1,}",
                "{,}",
                "}",
                "{\"refresh\":{\"token\":\"secret",
                "{\"refresh\":{\"token\":\"secret\\",
                "{\"x\":[",
                "{\"x\":[1,",
                "{\"x\":[1,]}",
                "{\"x\":[,1]}",
                "{\"x\":[1 2]}",
                "{\"x\":[1}",
                "{\"x\":{]}",
                "{\"x\"}",
                "{\"x\" 1}",
                "{\"x\":}",
                "{x:1}",
                "{'x':1}",
                "{1:1}",
                "{\"x\":1 \"y\":2}",
                "{\"x\":1,,\"y\":2}",
                "{\"x\"::1}",
                // Not JSON values.
                "{\"x\":tru}",
                "{\"x\":true1}",
                "{\"x\":True}",
                "{\"x\":nul}",
                "{\"x\":nullnull}",
                "{\"x\":fals",
                "{\"x\":NaN}",
                "{\"x\":Infinity}",
                "{\"x\":-Infinity}",
                "{\"x\":undefined}",
                "{\"x\":'a'}",
                "{\"x\":/**/1}",
                "{\"x\":1//\n}",
                "{\"x\":#\n1}",
                "{\"x\":01}",
                "{\"x\":-01}",
                "{\"x\":+1}",
                "{\"x\":.5}",
                "{\"x\":1.}",
                "{\"x\":1.e1}",
                "{\"x\":1e}",
                "{\"x\":1e+}",
                "{\"x\":-}",
                "{\"x\":--1}",
                "{\"x\":0x1}",
                "{\"x\":1_0}",
                "{\"x\":1a}",
                // Not JSON strings.
                "{\"x\":\"\\x\"}",
                "{\"x\":\"\\u12\"}",
                "{\"x\":\"\\u12G4\"}",
                "{\"x\":\"\\u 123\"}",
                "{\"x\":\"\\u+123\"}",
                "{\"x\":\"\\U1234\"}",
                "{\"x\":\"a\nb\"}",
                "{\"x\":\"\t\"}",
                "{\"x\":\"\0\"}",
                "{\"x\":\"\\",
                "{\"x\":\"\\u",
                "{\"x\":\"\\u123",
                // Text that is none: half a surrogate pair.
                "{\"id\":1,\"refresh\":{\"token\":\"\\ud800\"}}",
                "{\"id\":1,\"refresh\":{\"token\":\"\\udc00\\ud800\"}}",
                "{\"\\ud800\":1}",
                // Ids.
                "{\"id\":-1,\"ping\":{}}",
                "{\"id\":4294967296,\"ping\":{}}",
                "{\"id\":1.0,\"ping\":{}}",
                "{\"id\":1e0,\"ping\":{}}",
                "{\"id\":\"1\",\"ping\":{}}",
                "{\"id\":true,\"ping\":{}}",
                "{\"id\":18446744073709551617,\"ping\":{}}",
                "{\"id\":[1],\"ping\":{}}",
                // Types.
                "{\"id\":1,\"connect\":[]}",
                "{\"id\":1,\"connect\":\"secret\"}",
                "{\"id\":1,\"connect\":true}",
                "{\"id\":1,\"connect\":{\"token\":1}}",
                "{\"id\":1,\"connect\":{\"token\":{}}}",
                "{\"id\":1,\"connect\":{\"subs\":[]}}",
                "{\"id\":1,\"connect\":{\"subs\":{\"c\":1}}}",
                "{\"id\":1,\"connect\":{\"subs\":{\"c\":null}}}",
                "{\"id\":1,\"connect\":{\"headers\":{\"a\":1}}}",
                "{\"id\":1,\"connect\":{\"headers\":[\"a\"]}}",
                "{\"id\":1,\"connect\":{\"flag\":9223372036854775808}}",
                "{\"id\":1,\"subscribe\":{\"channel\":[\"c\"]}}",
                "{\"id\":1,\"subscribe\":{\"channel\":\"c\",\"recover\":1}}",
                "{\"id\":1,\"subscribe\":{\"channel\":\"c\",\"recover\":\"true\"}}",
                "{\"id\":1,\"subscribe\":{\"channel\":\"c\",\"offset\":-1}}",
                "{\"id\":1,\"subscribe\":{\"channel\":\"c\",\"offset\":18446744073709551616}}",
                "{\"id\":1,\"subscribe\":{\"channel\":\"c\",\"offset\":\"1\"}}",
                "{\"id\":1,\"subscribe\":{\"channel\":\"c\",\"type\":2147483648}}",
                "{\"id\":1,\"subscribe\":{\"channel\":\"c\",\"tf\":[]}}",
                "{\"id\":1,\"subscribe\":{\"channel\":\"c\",\"tf\":{\"vals\":\"a\"}}}",
                "{\"id\":1,\"subscribe\":{\"channel\":\"c\",\"tf\":{\"vals\":[1]}}}",
                "{\"id\":1,\"subscribe\":{\"channel\":\"c\",\"tf\":{\"nodes\":[null]}}}",
                "{\"id\":1,\"publish\":{\"channel\":\"c\",\"data\":}}",
                "{\"id\":1,\"publish\":{\"channel\":\"c\",\"data\":{]}}",
                "{\"id\":1,\"publish\":{\"channel\":\"c\",\"data\":\"secret}}",
                "{\"id\":1,\"publish\":{\"channel\":\"c\",\"data\":secret}}",
                "{\"id\":1,\"history\":{\"channel\":\"c\",\"since\":1}}",
                "{\"id\":1,\"history\":{\"channel\":\"c\",\"limit\":1.5}}",
                "{\"id\":1,\"history\":{\"channel\":\"c\",\"reverse\":\"no\"}}",
                // Nothing to do.
                "{\"id\":1}",
                "{\"id\":1,\"unknown\":{}}",
                "{\"id\":1,\"subscribe\":{}}",
                "{\"id\":1,\"subscribe\":null}"
            })
    void whatIsNoCommandIsRefused(String frame) {
        commandIsRefused(frame.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0080",
                "\u00bf",
                "\u00ff",
                "\u00fe",
                "\u00c0\u0080",
                "\u00c1\u00bf",
                "\u00c3",
                "\u00c3(",
                "\u00e0\u0080\u0080",
                "\u00e0\u009f\u00bf",
                "\u00e2\u0082",
                "\u00e2(\u00a1",
                "\u00ed\u00a0\u0080",
                "\u00ed\u00bf\u00bf",
                "\u00f0\u0080\u0080\u0080",
                "\u00f0\u008f\u00bf\u00bf",
                "\u00f0\u009f\u0098",
                "\u00f4\u0090\u0080\u0080",
                "\u00f5\u0080\u0080\u0080",
                "\u00f8\u0088\u0080\u0080\u0080"
            })
    void badUtf8IsRefusedInTextNamesAndPayloads(String bytes) {
        for (String frame : new String[] {
            "{\"id\":1,\"refresh\":{\"token\":\"%s\"}}",
            "{\"%s\":1}",
            "{\"id\":1,\"publish\":{\"channel\":\"c\",\"data\":\"%s\"}}",
            "{\"id\":1,\"publish\":{\"channel\":\"c\",\"data\":{\"%s\":1}}}",
            "{\"id\":1,\"publish\":{\"channel\":\"c\",\"data\":%s}}",
            "{\"x\":\"%s"
        }) {
            commandIsRefused(frame.formatted(bytes).getBytes(ISO_8859_1));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "[]",
                "{}{}",
                "{\"id\":1}",
                "{\"id\":-1,\"publish\":{}}",
                "{\"id\":1,\"publish\":[",
                "{\"id\":1,\"error\":{\"code\":-1}}",
                "{\"id\":1,\"error\":{\"message\":1}}",
                "{\"push\":{\"channel\":1,\"pub\":{}}}",
                "{\"push\":{\"pub\":[]}}",
                "{\"push\":{\"join\":{}}}",
                "{\"push\":{\"leave\":{\"info\":null}}}",
                "{\"push\":{\"pub\":{\"tags\":{\"a\":1}}}}",
                "{\"id\":1,\"presence\":{\"presence\":[]}}",
                "{\"id\":1,\"history\":{\"publications\":{}}}",
                "{\"id\":1,\"history\":{\"publications\":[null]}}",
                "{\"id\":1,\"presence_stats\":{\"num_users\":1.5}}",
                "{\"id\":1,\"connect\":{\"ttl\":4294967296}}",
                "{\"push\":[]}",
                "{\"push\":1}"
            })
    void whatIsNoReplyIsRefused(String frame) {
        byte[] bytes = frame.getBytes(UTF_8);

        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> CODEC.decodeReplies(bytes, 0, bytes.length, _ -> {}))
                .satisfies(e -> assertThat(e.code()).isEqualTo(DisconnectCode.BAD_REQUEST));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "{\"x\":",
                "{\"a\":[",
                "{\"id\":1,\"publish\":{\"channel\":\"c\",\"data\":[",
                "{\"id\":1,\"subscribe\":{\"channel\":\"c\",\"tf\":{\"nodes\":[",
                "{\"connect\":{\"subs\":{\"a\":{\"x\":"
            })
    void nestingWithoutEndDoesNotEatTheStack(String level) throws InterruptedException {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        String start = level.startsWith("{") ? "" : "{\"x\":";
        byte[] deep = (start + level.repeat(200_000)).getBytes(UTF_8);
        byte[] payload = (level + "[".repeat(200_000)).getBytes(UTF_8);
        Thread shallow = new Thread(
                null,
                () -> {
                    commandIsRefused(deep);
                    commandIsRefused(payload);
                    assertThat(JsonText.isValid(deep)).isFalse();
                },
                "small stack",
                256 * 1024);
        shallow.setUncaughtExceptionHandler((_, e) -> failure.set(e));

        shallow.start();
        shallow.join();

        assertThat(failure.get()).isNull();
    }

    @Test
    void thereIsNoStackTraceToPayFor() {
        assertThat(JsonReader.malformed("x").getStackTrace()).isEmpty();
    }
}
