package dev.heliograph.server.channel;

import static dev.heliograph.protocol.ErrorCode.NOT_AVAILABLE;
import static dev.heliograph.protocol.ErrorCode.PERMISSION_DENIED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.protocol.ErrorCode;
import dev.heliograph.server.config.RelayConfig;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PermissionsTest {

    private static final String USER = "42";
    private static final String ANONYMOUS = "";
    private static final boolean SECURE = false;
    private static final boolean INSECURE = true;

    private static Channel channel(String name, String options) {
        return new Channels(RelayConfig.parse("channel: {without_namespace: {" + options + "}}")
                        .channel())
                .resolve(name);
    }

    @Nested
    class Subscribing {

        private Optional<ErrorCode> of(String name, String options, String user, boolean insecure) {
            return Permissions.subscribe(channel(name, options), user, insecure);
        }

        @Test
        void isDeniedByDefault() {
            assertThat(of("a", "", USER, SECURE)).contains(PERMISSION_DENIED);
            assertThat(of("a", "", ANONYMOUS, SECURE)).contains(PERMISSION_DENIED);
        }

        @Test
        void takesATokenInAPrivateChannelWhateverElseIsAllowed() {
            String all = "allow_subscribe_for_client: true, allow_subscribe_for_anonymous: true,"
                    + " allow_user_limited_channels: true";

            assertThat(of("$a", all, USER, SECURE)).contains(PERMISSION_DENIED);
            assertThat(of("$a#42", all, USER, SECURE)).contains(PERMISSION_DENIED);
            assertThat(of("$a", all, USER, INSECURE)).contains(PERMISSION_DENIED);
        }

        @Test
        void isForThoseThatAUserLimitedChannelLists() {
            String options = "allow_user_limited_channels: true";

            assertThat(of("a#42,43", options, "42", SECURE)).isEmpty();
            assertThat(of("a#42,43", options, "43", SECURE)).isEmpty();
            assertThat(of("a#42,43", options, "44", SECURE)).contains(PERMISSION_DENIED);
            assertThat(of("a#", options, ANONYMOUS, SECURE)).contains(PERMISSION_DENIED);
        }

        @Test
        void isForNoOtherInAUserLimitedChannelThoughClientsMaySubscribe() {
            String options = "allow_user_limited_channels: true, allow_subscribe_for_client: true,"
                    + " allow_subscribe_for_anonymous: true";

            assertThat(of("a#43", options, USER, SECURE)).contains(PERMISSION_DENIED);
            assertThat(of("a#43", options, ANONYMOUS, SECURE)).contains(PERMISSION_DENIED);
            assertThat(of("a#43", options, USER, INSECURE)).isEmpty();
            assertThat(of("a", options, USER, SECURE)).isEmpty();
        }

        @Test
        void isNotLimitedByANameWhereTheOptionIsOff() {
            assertThat(of("a#43", "allow_subscribe_for_client: true", USER, SECURE))
                    .isEmpty();
            assertThat(of("a#42", "", USER, SECURE)).contains(PERMISSION_DENIED);
        }

        @Test
        void isForUsersWhereClientsMay() {
            String options = "allow_subscribe_for_client: true";

            assertThat(of("a", options, USER, SECURE)).isEmpty();
            assertThat(of("a", options, ANONYMOUS, SECURE)).contains(PERMISSION_DENIED);
        }

        @Test
        void isForAnonymousUsersWhereTheyMayAsWell() {
            assertThat(of(
                            "a",
                            "allow_subscribe_for_client: true, allow_subscribe_for_anonymous: true",
                            ANONYMOUS,
                            SECURE))
                    .isEmpty();
            assertThat(of("a", "allow_subscribe_for_anonymous: true", ANONYMOUS, SECURE))
                    .contains(PERMISSION_DENIED);
        }

        @Test
        void isForAllWhereTheRelayIsInsecure() {
            assertThat(of("a", "", USER, INSECURE)).isEmpty();
            assertThat(of("a", "", ANONYMOUS, INSECURE)).isEmpty();
        }
    }

    /// Publish, history and presence follow one rule.
    enum Action {
        PUBLISH(""),
        HISTORY("history_size: 1, history_ttl: 1m,"),
        PRESENCE("presence: true,");

        private final String feature;

        Action(String feature) {
            this.feature = feature;
        }

        Optional<ErrorCode> of(String options, String user, boolean subscribed, boolean insecure) {
            return of(
                    channel("a", feature + options.replace("X", name().toLowerCase(Locale.ROOT))),
                    user,
                    subscribed,
                    insecure);
        }

        Optional<ErrorCode> of(Channel channel, String user, boolean subscribed, boolean insecure) {
            return switch (this) {
                case PUBLISH -> Permissions.publish(channel, user, subscribed, insecure);
                case HISTORY -> Permissions.history(channel, user, subscribed, insecure);
                case PRESENCE -> Permissions.presence(channel, user, subscribed, insecure);
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsAllowedByDefault(Action action) {
        assertThat(action.of("", USER, true, SECURE)).contains(PERMISSION_DENIED);
        assertThat(action.of("", ANONYMOUS, true, SECURE)).contains(PERMISSION_DENIED);
    }

    @ParameterizedTest
    @EnumSource
    void usersMayWhereClientsMay(Action action) {
        String options = "allow_X_for_client: true";

        assertThat(action.of(options, USER, false, SECURE)).isEmpty();
        assertThat(action.of(options, USER, true, SECURE)).isEmpty();
        assertThat(action.of(options, ANONYMOUS, true, SECURE)).contains(PERMISSION_DENIED);
    }

    @ParameterizedTest
    @EnumSource
    void usersMayWhileTheyAreSubscribedWhereSubscribersMay(Action action) {
        String options = "allow_X_for_subscriber: true";

        assertThat(action.of(options, USER, true, SECURE)).isEmpty();
        assertThat(action.of(options, USER, false, SECURE)).contains(PERMISSION_DENIED);
        assertThat(action.of(options, ANONYMOUS, true, SECURE)).contains(PERMISSION_DENIED);
    }

    @ParameterizedTest
    @EnumSource
    void anonymousUsersMayWhereTheyMayAsWell(Action action) {
        assertThat(action.of("allow_X_for_client: true, allow_X_for_anonymous: true", ANONYMOUS, false, SECURE))
                .isEmpty();
        assertThat(action.of("allow_X_for_subscriber: true, allow_X_for_anonymous: true", ANONYMOUS, true, SECURE))
                .isEmpty();
        assertThat(action.of("allow_X_for_subscriber: true, allow_X_for_anonymous: true", ANONYMOUS, false, SECURE))
                .contains(PERMISSION_DENIED);
        assertThat(action.of("allow_X_for_anonymous: true", ANONYMOUS, true, SECURE))
                .contains(PERMISSION_DENIED);
        assertThat(action.of("allow_X_for_anonymous: true", USER, true, SECURE)).contains(PERMISSION_DENIED);
    }

    @ParameterizedTest
    @EnumSource
    void allMayWhereTheRelayIsInsecure(Action action) {
        assertThat(action.of("", USER, false, INSECURE)).isEmpty();
        assertThat(action.of("", ANONYMOUS, false, INSECURE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PUBLISH, HISTORY", "HISTORY, PRESENCE", "PRESENCE, PUBLISH"})
    void onePermissionIsNotAnother(Action given, Action asked) {
        String name = given.name().toLowerCase(Locale.ROOT);
        assertThat(asked.of("allow_" + name + "_for_client: true", USER, true, SECURE))
                .contains(PERMISSION_DENIED);
    }

    @ParameterizedTest
    @EnumSource(names = {"HISTORY", "PRESENCE"})
    void whatIsOffIsNotAvailableWhoeverAsks(Action action) {
        Channel channel = channel("a", "allow_history_for_client: true, allow_presence_for_client: true");

        assertThat(action.of(channel, USER, true, SECURE)).contains(NOT_AVAILABLE);
        assertThat(action.of(channel, USER, true, INSECURE)).contains(NOT_AVAILABLE);
    }

    @Test
    void joinsAndLeavesTakeThePermissionForPresenceWhetherItIsKeptOrNot() {
        assertThat(Permissions.mayHearJoinLeave(channel("a", "allow_presence_for_client: true"), USER, SECURE))
                .isTrue();
        assertThat(Permissions.mayHearJoinLeave(channel("a", "allow_presence_for_subscriber: true"), USER, SECURE))
                .isTrue();
        assertThat(Permissions.mayHearJoinLeave(channel("a", "allow_presence_for_subscriber: true"), ANONYMOUS, SECURE))
                .isFalse();
        assertThat(Permissions.mayHearJoinLeave(channel("a", "presence: true"), USER, SECURE))
                .isFalse();
        assertThat(Permissions.mayHearJoinLeave(channel("a", ""), USER, INSECURE))
                .isTrue();
    }
}
