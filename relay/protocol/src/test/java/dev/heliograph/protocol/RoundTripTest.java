package dev.heliograph.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoundTripTest {

    private static final int MESSAGES = 5_000;

    private static List<Command> commands() {
        return LongStream.range(0, MESSAGES)
                .mapToObj(seed -> new Messages(seed).command())
                .toList();
    }

    private static List<Reply> replies() {
        return LongStream.range(0, MESSAGES)
                .mapToObj(seed -> new Messages(seed).reply())
                .toList();
    }

    static List<Command> decodeCommands(Codec codec, byte[] frame) {
        List<Command> commands = new ArrayList<>();
        codec.decodeCommands(frame, 0, frame.length, commands::add);
        return commands;
    }

    static List<Reply> decodeReplies(Codec codec, byte[] frame) {
        List<Reply> replies = new ArrayList<>();
        codec.decodeReplies(frame, 0, frame.length, replies::add);
        return replies;
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void everyCommandComesBackAsItWas(Encoding encoding) {
        Codec codec = encoding.codec();

        for (Command command : commands()) {
            assertThat(decodeCommands(codec, codec.encode(command))).containsExactly(command);
        }
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void everyReplyComesBackAsItWas(Encoding encoding) {
        Codec codec = encoding.codec();

        for (Reply reply : replies()) {
            assertThat(decodeReplies(codec, codec.encode(reply))).containsExactly(reply);
        }
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void joinedMessagesComeBackInOrder(Encoding encoding) {
        Codec codec = encoding.codec();
        List<Command> commands = commands().subList(0, Codec.Limits.MAX_MESSAGES);
        List<Reply> replies = replies().subList(0, Codec.Limits.MAX_MESSAGES);

        assertThat(decodeCommands(
                        codec, codec.join(commands.stream().map(codec::encode).toList())))
                .isEqualTo(commands);
        assertThat(decodeReplies(
                        codec, codec.join(replies.stream().map(codec::encode).toList())))
                .isEqualTo(replies);
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void aFrameIsReadFromWithinALargerArray(Encoding encoding) {
        Codec codec = encoding.codec();
        Command command = new Command(7, Request.Publish.of("chat:1", Bytes.utf8("1234")));
        byte[] frame = codec.encode(command);
        byte[] array = new byte[frame.length + 20];
        Arrays.fill(array, (byte) '9');
        System.arraycopy(frame, 0, array, 10, frame.length);
        List<Command> commands = new ArrayList<>();

        codec.decodeCommands(array, 10, frame.length, commands::add);
        Arrays.fill(array, (byte) 0);

        assertThat(commands).containsExactly(command);
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void theCodecOfAnEncodingIsOfThatEncoding(Encoding encoding) {
        assertThat(encoding.codec().encoding()).isEqualTo(encoding);
    }

    @Test
    void theMessagesHereAreOfEveryKind() {
        Set<Class<?>> kinds = new HashSet<>();
        commands().forEach(command -> kinds.add(command.request().getClass()));
        for (Reply reply : replies()) {
            kinds.add(reply.getClass());
            switch (reply) {
                case Reply.Ok ok -> kinds.add(ok.result().getClass());
                case Reply.Pushed pushed -> kinds.add(pushed.push().getClass());
                case Reply.Failed _, Reply.Ping _ -> {}
            }
        }

        for (Class<?> kind : List.of(Request.class, Reply.class, Result.class, Push.class)) {
            assertThat(kinds).contains(kind.getPermittedSubclasses());
        }
    }

    @Test
    void jsonNeverHasARawLineBreakOrBadUtf8() {
        Codec codec = Encoding.JSON.codec();

        for (Reply reply : replies()) {
            byte[] json = codec.encode(reply);
            assertThat(JsonText.isValid(json)).isTrue();
            assertThat(new String(json, UTF_8)).doesNotContain("\n", "\r");
        }
    }
}
