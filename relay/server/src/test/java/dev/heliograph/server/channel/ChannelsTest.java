package dev.heliograph.server.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.heliograph.protocol.ErrorCode;
import dev.heliograph.server.config.RelayConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelsTest {

    /// The history size tells which options were found.
    private final Channels channels = channels("""
            channel:
              without_namespace: {history_size: 1, history_ttl: 1m}
              namespaces:
                - {name: chat, history_size: 2, history_ttl: 1m}
                - {name: dialog, history_size: 3, history_ttl: 1m, allow_user_limited_channels: true}
                - {name: word, history_size: 4, history_ttl: 1m, channel_regex: "^[a-zäöü]+$"}
                - {name: part, history_size: 5, history_ttl: 1m, channel_regex: "x"}
            """);

    private static Channels channels(String yaml) {
        return new Channels(RelayConfig.parse(yaml).channel());
    }

    private ErrorCode refusal(String name) {
        return catchThrowableOfType(ChannelException.class, () -> channels.resolve(name))
                .code();
    }

    @ParameterizedTest
    @CsvSource({
        "news, 1",
        "chat, 1",
        "$news, 1",
        ":news, 1",
        "$:news, 1",
        "chat:1, 2",
        "chat:, 2",
        "chat:a:b, 2",
        "$chat:1, 2",
        "'chat:#42', 2",
        "'dialog:#42,43', 3",
        "/chat:1/:name, -",
        "word:hällo, 4",
        "part:axb, 5"
    })
    void theTextBeforeTheFirstBoundaryIsTheNamespace(String name, String historySize) {
        if (historySize.equals("-")) {
            assertThat(refusal(name)).isEqualTo(ErrorCode.UNKNOWN_CHANNEL);
        } else {
            assertThat(channels.resolve(name).options().historySize()).isEqualTo(Integer.parseInt(historySize));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"other:1", "$other:1", "Chat:1", "chat1:1", "cha:t", "$$chat:1", "  chat:1"})
    void aNamespaceThatIsNotConfiguredIsUnknown(String name) {
        assertThat(refusal(name)).isEqualTo(ErrorCode.UNKNOWN_CHANNEL);
    }

    @ParameterizedTest
    @CsvSource({
        "ä",
        "chat:ä",
        "$chat:\u0080",
        "'chat:\ud83d\ude00'",
        "'dialog:#ä'",
        "word:",
        "word:Hello",
        "word:hello1",
        "part:abc"
    })
    void aNameThatIsNeitherAsciiNorAsThePatternSaysIsABadRequest(String name) {
        assertThat(refusal(name)).isEqualTo(ErrorCode.BAD_REQUEST);
    }

    @Test
    void everyAsciiNameIsAllowedWithoutAPattern() {
        for (char c = 0; c < 0x80; c++) {
            if (c != ':') {
                assertThat(channels.resolve("a" + c + "b").name()).isEqualTo("a" + c + "b");
            }
        }
    }

    @Test
    void theUnknownNamespaceIsToldBeforeTheBadName() {
        assertThat(refusal("other:ä")).isEqualTo(ErrorCode.UNKNOWN_CHANNEL);
    }

    @Test
    void namesMayBeAsLongAsConfigured() {
        assertThat(channels.resolve("x".repeat(255)).name()).hasSize(255);
        assertThat(refusal("x".repeat(256))).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(refusal("other:" + "x".repeat(250))).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(refusal("")).isEqualTo(ErrorCode.BAD_REQUEST);

        Channels brief = channels("channel: {max_length: 3}");
        assertThat(brief.resolve("abc").name()).isEqualTo("abc");
        assertThat(catchThrowableOfType(ChannelException.class, () -> brief.resolve("abcd"))
                        .code())
                .isEqualTo(ErrorCode.BAD_REQUEST);
    }

    @Test
    void thePatternSeesWhatIsBehindTheNamespaceElseTheWholeName() {
        Channels all = channels("channel: {without_namespace: {channel_regex: '^\\$?a+$'}}");

        assertThat(all.resolve("aaa").isPrivate()).isFalse();
        assertThat(all.resolve("$aaa").isPrivate()).isTrue();
        assertThat(channels.resolve("$word:abc").isPrivate()).isTrue();
    }

    @Test
    void aPrivateNameBeginsWithThePrefix() {
        assertThat(channels.resolve("$news").isPrivate()).isTrue();
        assertThat(channels.resolve("$chat:1").isPrivate()).isTrue();
        assertThat(channels.resolve("chat:$1").isPrivate()).isFalse();
        assertThat(channels.resolve("news$").isPrivate()).isFalse();
    }

    @Test
    void theLastBoundaryBeginsTheUsers() {
        assertThat(channels.resolve("dialog:a#1#42,43"))
                .returns(true, Channel::userLimited)
                .returns("42,43", Channel::users);
        assertThat(channels.resolve("dialog:42")).returns(false, Channel::userLimited);
        assertThat(channels.resolve("$dialog:#42"))
                .returns(true, Channel::isPrivate)
                .returns(true, Channel::userLimited);
    }

    @Test
    void aNamespaceWithoutUserLimitedChannelsDoesNotReadThem() {
        assertThat(channels.resolve("chat:#42"))
                .returns(false, Channel::userLimited)
                .returns(false, it -> it.lists("42"));
    }

    @ParameterizedTest
    @CsvSource({
        "'dialog:#42', 42, true",
        "'dialog:#42,43', 42, true",
        "'dialog:#42,43', 43, true",
        "'dialog:#41,42,43', 42, true",
        "'dialog:#42,43', 4, false",
        "'dialog:#42,43', 2, false",
        "'dialog:#42,43', '42,43', false",
        "'dialog:#421,43', 42, false",
        "'dialog:#142,43', 42, false",
        "'dialog:#42#43', 42, false",
        "'dialog:#42, 43', 43, false",
        "'dialog:#', 42, false",
        "'dialog:#', '', false",
        "'dialog:#42,', '', false",
        "'dialog:42', 42, false",
        "'dialog:#Ann', ann, false"
    })
    void aUserIsListedByTheWholeId(String name, String user, boolean listed) {
        assertThat(channels.resolve(name).lists(user)).isEqualTo(listed);
    }

    @Test
    void theMarksAreThoseOfTheConfiguration() {
        Channels own = channels("""
                channel:
                  private_prefix: "priv-"
                  namespace_boundary: "::"
                  user_boundary: "@@"
                  user_separator: "||"
                  namespaces: [{name: dialog, allow_user_limited_channels: true, presence: true}]
                """);

        Channel channel = own.resolve("priv-dialog::x@@42||43");
        assertThat(channel.isPrivate()).isTrue();
        assertThat(channel.options().presence()).isTrue();
        assertThat(channel.lists("42")).isTrue();
        assertThat(channel.lists("43")).isTrue();
        assertThat(channel.lists("42||43")).isFalse();
        assertThat(own.resolve("$dialog:#42"))
                .returns(false, Channel::isPrivate)
                .returns(false, Channel::userLimited);
    }

    @Test
    void emptyMarksMeanThatThereAreNone() {
        Channels none = channels("""
                channel:
                  private_prefix: ""
                  namespace_boundary: ""
                  user_boundary: ""
                  user_separator: ""
                  without_namespace: {allow_user_limited_channels: true}
                """);

        assertThat(none.resolve("$any:thing#42"))
                .returns(false, Channel::isPrivate)
                .returns(false, Channel::userLimited);

        Channels one = channels("""
                channel: {user_separator: "", without_namespace: {allow_user_limited_channels: true}}
                """);
        assertThat(one.resolve("a#42,43").lists("42,43")).isTrue();
        assertThat(one.resolve("a#42,43").lists("42")).isFalse();
    }
}
