package dev.heliograph.cli.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenTest {

    @ParameterizedTest
    @EnumSource
    void eachPurposeIsReadAsItIsWritten(Purpose purpose) {
        assertThat(Written.purpose(purpose.text())).isEqualTo(purpose);
    }

    @ParameterizedTest
    @EnumSource
    void eachGuaranteeIsReadAsItIsWritten(Guarantee guarantee) {
        assertThat(Written.guarantee(guarantee.text())).isEqualTo(guarantee);
        assertThat(guarantee.text()).doesNotContain("_");
    }

    @Test
    void timesAreReadInTheirUnits() {
        assertThat(Written.latency("200ms")).isEqualTo(Duration.ofMillis(200));
        assertThat(Written.latency("2s")).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void listsHaveCommas() {
        assertThat(Written.hosts("192.0.2.1, 192.0.2.255")).containsExactly("192.0.2.1", "192.0.2.255");
        assertThat(Written.hosts("none")).isEmpty();
        assertThat(Written.origins("https://app.example.com,http://127.0.0.1:8080"))
                .containsExactly("https://app.example.com", "http://127.0.0.1:8080");
    }

    @Test
    void aManagedRedisIsAUrl() {
        assertThat(Written.redis("self-hosted")).isEmpty();
        assertThat(Written.redis("redis://cache.example.com"))
                .isEqualTo(Optional.of(new ManagedRedis("cache.example.com:6379", false, "")));
        assertThat(Written.redis("rediss://relay@cache.example.com:6380/"))
                .isEqualTo(Optional.of(new ManagedRedis("cache.example.com:6380", true, "relay")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://cache.example.com",
                "cache.example.com:6379",
                "redis://",
                "redis://cache.example.com/3",
                "redis://cache.example.com:66666",
                "redis://a b",
                "redis://x%22@cache.example.com"
            })
    void whatIsNoRedisIsRefused(String text) {
        assertThatThrownBy(() -> Written.redis(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("is neither self-hosted nor redis://HOST:PORT or, with TLS, rediss://HOST:PORT");
    }

    @Test
    void aPasswordIsRefusedAndNotShown() {
        assertThatThrownBy(() -> Written.redis("redis://relay:hidden@cache.example.com"))
                .hasMessageContaining("a password does not belong here")
                .hasMessageNotContaining("hidden");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "relay1", "192.0.2", "192.0.2.256", "192.0.2.1.", "192.0.2.1,", "::1", "192.0.2.1,192.0.2.1"
            })
    void whatAreNoHostsIsRefused(String text) {
        assertThatThrownBy(() -> Written.hosts(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "500001", "many", "9999999999"})
    void whatIsNoNumberOfConnectionsIsRefused(String text) {
        assertThatThrownBy(() -> Written.connections(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0ms", "200", "1m", "fast"})
    void whatIsNoLatencyIsRefused(String text) {
        assertThatThrownBy(() -> Written.latency(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"app.example.com", "https://app.example.com/\"", "https://a b"})
    void whatIsNoOriginIsRefused(String text) {
        assertThatThrownBy(() -> Written.origins(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
