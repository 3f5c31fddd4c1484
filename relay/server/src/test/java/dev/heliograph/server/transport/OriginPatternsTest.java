package dev.heliograph.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginPatternsTest {

    @ParameterizedTest
    @CsvSource({
        "https://app.example, https://app.example, true",
        "https://app.example, HTTPS://App.Example, true",
        "https://App.example, https://app.example, true",
        "https://app.example, http://app.example, false",
        "https://app.example, https://app.example:8443, false",
        "https://app.example, https://app.example.evil, false",
        "https://app.example, https://appxexample, false",
        "https://*.example, https://a.b.example, true",
        "https://*.example, https://example, false",
        "*, null, true",
        "https://app.example, null, false",
    })
    void anOriginMatchesItsPattern(String pattern, String origin, boolean allowed) {
        assertThat(new OriginPatterns(List.of(pattern)).allows(origin)).isEqualTo(allowed);
    }

    @Test
    void oneOfManyPatternsIsEnoughAndNoneAllowsNothing() {
        assertThat(new OriginPatterns(List.of("https://a.example", "https://b.example")).allows("https://b.example"))
                .isTrue();
        assertThat(new OriginPatterns(List.of()).allows("https://a.example")).isFalse();
    }
}
