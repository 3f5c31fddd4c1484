package dev.heliograph.cli.init;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AdviceTest {

    private static final Optional<ManagedRedis> MANAGED =
            Optional.of(new ManagedRedis("cache.example.com:6379", true, ""));

    private static Advice advice(
            Purpose purpose, int connections, int latency, Guarantee guarantee, int hosts, boolean managed) {
        return Advice.of(new Answers(
                purpose,
                connections,
                Duration.ofMillis(latency),
                guarantee,
                IntStream.rangeClosed(1, hosts)
                        .mapToObj(each -> "198.51.100." + each)
                        .toList(),
                managed ? MANAGED : Optional.empty(),
                List.of()));
    }

    private static Advice advice(Purpose purpose, Guarantee guarantee) {
        return advice(purpose, 20_000, 200, guarantee, 0, false);
    }

    /// One more than the load asks for, by the figures of the README; half the load for each below 50 ms.
    @ParameterizedTest
    @CsvSource({
        // purpose, connections, latency in ms, for each, relays, limit of each
        "CHAT, 1, 200, 10000, 2, 20000",
        "CHAT, 10000, 200, 10000, 2, 20000",
        "CHAT, 10001, 200, 10000, 3, 20000",
        "CHAT, 20000, 50, 10000, 3, 20000",
        "CHAT, 20000, 49, 5000, 5, 10000",
        "NOTIFICATIONS, 100000, 1000, 10000, 11, 20000",
        "DASHBOARDS, 20000, 200, 10000, 3, 20000",
        "COLLABORATION, 20000, 200, 10000, 3, 20000",
        "GAMES, 20000, 200, 5000, 5, 10000",
        "GAMES, 20000, 30, 2500, 9, 5000",
        "TELEMETRY, 20000, 200, 5000, 5, 10000",
        "TELEMETRY, 500000, 10, 2500, 201, 5000",
    })
    void relaysAreEnoughForAllConnectionsAndOneMore(
            Purpose purpose, int connections, int latency, int perRelay, int relays, int limit) {
        Advice advice = advice(purpose, connections, latency, Guarantee.BEST_EFFORT, 0, false);
        assertThat(advice.perRelay()).isEqualTo(perRelay);
        assertThat(advice.wantedRelays()).isEqualTo(relays);
        assertThat(advice.relays()).isEqualTo(relays);
        assertThat(advice.connectionLimit()).isEqualTo(limit);
    }

    @ParameterizedTest
    @CsvSource({
        // purpose, guarantee, namespaces, history of the first one, how long, recovery limit
        "CHAT, BEST_EFFORT, chat, 0, '', ''",
        "CHAT, AT_LEAST_ONCE, chat, 300, 10m, ''",
        "CHAT, EFFECTIVELY_ONCE, chat, 1000, 1h, 1000",
        "NOTIFICATIONS, BEST_EFFORT, notify feed, 0, '', ''",
        "NOTIFICATIONS, AT_LEAST_ONCE, notify feed, 50, 24h, ''",
        "NOTIFICATIONS, EFFECTIVELY_ONCE, notify feed, 200, 72h, ''",
        "DASHBOARDS, BEST_EFFORT, metric, 1, 10m, ''",
        "DASHBOARDS, AT_LEAST_ONCE, event metric, 300, 10m, ''",
        "DASHBOARDS, EFFECTIVELY_ONCE, event metric, 1000, 1h, 1000",
        "COLLABORATION, BEST_EFFORT, doc cursor, 0, '', ''",
        "COLLABORATION, AT_LEAST_ONCE, doc cursor, 300, 1h, ''",
        "COLLABORATION, EFFECTIVELY_ONCE, doc cursor, 1000, 6h, 1000",
        "GAMES, BEST_EFFORT, game state, 0, '', ''",
        "GAMES, AT_LEAST_ONCE, game state, 300, 5m, ''",
        "GAMES, EFFECTIVELY_ONCE, game state, 1000, 30m, 1000",
        "TELEMETRY, BEST_EFFORT, telemetry, 0, '', ''",
        "TELEMETRY, AT_LEAST_ONCE, telemetry, 300, 10m, ''",
        "TELEMETRY, EFFECTIVELY_ONCE, telemetry, 1000, 1h, 1000",
    })
    void namespacesFitThePurposeAndTheGuarantee(
            Purpose purpose, Guarantee guarantee, String names, int size, String ttl, String recovery) {
        Advice advice = advice(purpose, guarantee);
        assertThat(advice.namespaces()).extracting(Namespace::name).containsExactly(names.split(" ", -1));
        Namespace first = advice.namespaces().getFirst();
        assertThat(first.historySize()).isEqualTo(size);
        assertThat(first.value("history_ttl").orElse("")).isEqualTo(ttl);
        assertThat(first.value("force_recovery").isPresent()).isEqualTo(size > 0);
        assertThat(setting(advice, "recovery_max_publication_limit")).isEqualTo(recovery);
    }

    private static String setting(Advice advice, String key) {
        return advice.clientSettings().stream()
                .filter(each -> each.key().equals(key))
                .map(Setting::value)
                .findFirst()
                .orElse("");
    }

    @ParameterizedTest
    @CsvSource({
        // guarantee, hosts, managed, wait_replicas, always to disk, sentinels
        "BEST_EFFORT, 3, false, 0, false, 3",
        "AT_LEAST_ONCE, 0, false, 1, false, 3",
        "AT_LEAST_ONCE, 1, false, 0, false, 0",
        "AT_LEAST_ONCE, 2, false, 0, false, 2",
        "AT_LEAST_ONCE, 3, false, 1, false, 3",
        "AT_LEAST_ONCE, 3, true, 0, false, 0",
        "EFFECTIVELY_ONCE, 1, false, 0, true, 0",
        "EFFECTIVELY_ONCE, 2, false, 0, true, 2",
        "EFFECTIVELY_ONCE, 5, false, 1, false, 3",
        "EFFECTIVELY_ONCE, 5, true, 0, false, 0",
    })
    void aMessageIsOnTwoRedisWhereThereAreThree(
            Guarantee guarantee, int hosts, boolean managed, int replicas, boolean always, int sentinels) {
        Advice advice = advice(Purpose.CHAT, 20_000, 200, guarantee, hosts, managed);
        assertThat(advice.waitReplicas()).isEqualTo(replicas);
        assertThat(advice.syncsAlways()).isEqualTo(always);
        assertThat(advice.layout().in(Layout.Group.SENTINELS)).hasSize(sentinels);
    }

    @ParameterizedTest
    @EnumSource
    void effectivelyOnceAsksForIdempotencyKeysAndNothingElseDoes(Guarantee guarantee) {
        assertThat(String.join("\n", advice(Purpose.CHAT, guarantee).reasons()).contains("idempotency_key"))
                .isEqualTo(guarantee == Guarantee.EFFECTIVELY_ONCE);
    }

    @ParameterizedTest
    @EnumSource
    void bestEffortKeepsNothingButLatestValues(Purpose purpose) {
        for (Namespace namespace : advice(purpose, Guarantee.BEST_EFFORT).namespaces()) {
            assertThat(namespace.historySize()).isEqualTo(namespace.name().equals("metric") ? 1 : 0);
            assertThat(namespace.value("allow_history_for_subscriber")).isEmpty();
        }
    }

    @Test
    void whoIsThereIsToldWherePeopleMeet() {
        assertThat(Stream.of(Purpose.values()).filter(AdviceTest::tellsPresence))
                .containsExactly(Purpose.CHAT, Purpose.COLLABORATION, Purpose.GAMES);
        Namespace document = advice(Purpose.COLLABORATION, Guarantee.AT_LEAST_ONCE)
                .namespaces()
                .getFirst();
        assertThat(document.value("force_push_join_leave")).contains("true");
    }

    private static boolean tellsPresence(Purpose purpose) {
        return advice(purpose, Guarantee.AT_LEAST_ONCE).namespaces().stream()
                .anyMatch(each -> each.value("presence").isPresent());
    }

    @Test
    void aUsersOwnChannelsAreOnlyTheirs() {
        Namespace inbox = advice(Purpose.NOTIFICATIONS, Guarantee.AT_LEAST_ONCE)
                .namespaces()
                .getFirst();
        assertThat(inbox.value("allow_user_limited_channels")).contains("true");
        assertThat(inbox.value("allow_publish_for_subscriber")).isEmpty();
        Namespace device =
                advice(Purpose.TELEMETRY, Guarantee.BEST_EFFORT).namespaces().getFirst();
        assertThat(device.value("allow_user_limited_channels")).contains("true");
        assertThat(device.value("allow_publish_for_subscriber")).contains("true");
    }

    /// Who is not subscribed may publish nowhere, and users without an id may do nothing.
    @ParameterizedTest
    @EnumSource
    void permissionsAreNarrow(Purpose purpose) {
        for (Guarantee guarantee : Guarantee.values()) {
            assertThat(advice(purpose, guarantee).namespaces())
                    .flatExtracting(Namespace::settings)
                    .extracting(Setting::key)
                    .noneMatch(key -> key.endsWith("_anonymous") || key.equals("allow_publish_for_client"));
        }
    }

    @Test
    void everyChoiceHasAReasonInOneLine() {
        for (Purpose purpose : Purpose.values()) {
            for (Guarantee guarantee : Guarantee.values()) {
                Advice advice = advice(purpose, guarantee);
                assertThat(advice.namespaces())
                        .flatExtracting(Namespace::settings)
                        .extracting(Setting::why)
                        .allMatch(why -> !why.isBlank() && why.length() <= 100 && !why.contains("\n"));
                assertThat(advice.reasons().size() + advice.warnings().size()).isBetween(6, 12);
            }
        }
    }

    @Test
    void largeLoadBalancersAreToldSo() {
        assertThat(advice(Purpose.CHAT, 40_000, 200, Guarantee.BEST_EFFORT, 0, false)
                        .largeBalancers())
                .isFalse();
        Advice advice = advice(Purpose.CHAT, 100_000, 200, Guarantee.BEST_EFFORT, 0, false);
        assertThat(advice.largeBalancers()).isTrue();
        assertThat(advice.balancerLimit()).isEqualTo(125_000);
    }

    @Test
    void whatIsWantingIsSaid() {
        assertThat(advice(Purpose.CHAT, 20_000, 200, Guarantee.AT_LEAST_ONCE, 2, false)
                        .warnings())
                .anyMatch(each -> each.startsWith("3 relays would be good. Of these 2, when one is lost, each of the"
                        + " others would have 20,000"))
                .anyMatch(each -> each.startsWith("Two sentinels cannot agree"));
        assertThat(advice(Purpose.CHAT, 50_000, 200, Guarantee.AT_LEAST_ONCE, 1, false)
                        .warnings())
                .anyMatch(each -> each.startsWith("With one relay nothing may be lost"))
                .anyMatch(each ->
                        each.equals("Of 50,000 connections these relays take no more than 20,000: too few hosts."));
        assertThat(advice(Purpose.CHAT, 100, 5, Guarantee.AT_LEAST_ONCE, 9, false)
                        .warnings())
                .anyMatch(each -> each.startsWith("A latency below 8 ms"))
                .anyMatch(each -> each.startsWith("Not needed now") && each.contains("relay3"));
        assertThat(advice(Purpose.DASHBOARDS, Guarantee.EFFECTIVELY_ONCE).warnings())
                .anyMatch(each -> each.startsWith("The guarantee is for event"))
                .anyMatch(each -> each.contains("placeholders"))
                .anyMatch(each -> each.contains("make bench"));
    }

    @Test
    void oneHostNeedsNoRedisForARelay() {
        assertThat(advice(Purpose.CHAT, 100, 200, Guarantee.AT_LEAST_ONCE, 1, false)
                        .embedded())
                .isTrue();
        assertThat(advice(Purpose.CHAT, 100, 200, Guarantee.AT_LEAST_ONCE, 1, true)
                        .embedded())
                .isFalse();
        assertThat(advice(Purpose.CHAT, 100, 200, Guarantee.AT_LEAST_ONCE, 2, false)
                        .embedded())
                .isFalse();
    }
}
