package dev.heliograph.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadPlanTest {

    private static final String URL = "ws://127.0.0.1:1/connection/websocket";

    private static LoadPlan plan(String url, int clients, int channels, int rate, int churn, int seconds) {
        return new LoadPlan(
                List.of(URI.create(url)),
                List.of(URI.create("http://127.0.0.1:1/api/publish")),
                "",
                _ -> "",
                clients,
                channels,
                "chat:",
                rate,
                churn,
                100,
                Duration.ofSeconds(seconds));
    }

    @Test
    void theLargestIsAllowed() {
        assertThat(plan(URL, 19_000, 10_000, 10_000, 1_000, 3_600).clients()).isEqualTo(19_000);
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "0 | 1 | 1 | 0 | 1 | clients: from 1 to 19000",
                "19001 | 1 | 1 | 0 | 1 | clients: from 1 to 19000",
                "1 | 0 | 1 | 0 | 1 | channels: from 1 to 10000",
                "1 | 1 | 10001 | 0 | 1 | publish rate: from 0 to 10000",
                "1 | 1 | 1 | -1 | 1 | churn: from 0 to 1000",
                "1 | 1 | 1 | 0 | 3601 | seconds: from 1 to 3600"
            },
            delimiter = '|')
    void everythingIsBounded(int clients, int channels, int rate, int churn, int seconds, String reason) {
        assertThatThrownBy(() -> plan(URL, clients, channels, rate, churn, seconds))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(reason);
    }

    @ParameterizedTest
    @CsvSource({"wss://127.0.0.1/x", "http://127.0.0.1/x", "ws:nothing"})
    void onlyPlainWebSocketsAreServed(String url) {
        assertThatThrownBy(() -> plan(url, 1, 1, 1, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a URL such as ws://");
    }
}
