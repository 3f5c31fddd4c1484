package dev.heliograph.console.bans;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.wire.IpRuleKind;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BanFormTest {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "90m, 2026-11-29T13:30:00Z",
        "12 h, 2026-11-30T00:00:00Z",
        "7D, 2026-12-06T12:00:00Z",
        "2w, 2026-12-13T12:00:00Z",
        "2027-01-31 18:00, 2027-01-31T18:00:00Z",
        "2027-01-31T18:00:30Z, 2027-01-31T18:00:30Z",
    })
    void endsAreWrittenAsSpansOrTimes(String text, Instant end) {
        assertThat(Expiry.parse(text, NOW)).contains(end);
        assertThat(Expiry.parse("never", NOW)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Expiry.class)
    void eachOfTheUsualEndsCanBeRead(Expiry expiry) {
        assertThat(Expiry.parse(expiry.text(), NOW).isEmpty()).isEqualTo(expiry == Expiry.NEVER);
        assertThat(expiry.title()).isNotBlank();
    }

    @Test
    void eachFieldTellsWhatIsWrongWithIt() {
        BanForm form = new BanForm(BanForm.Kind.BAN, "10.0.0.300", "", "soon", "x".repeat(501));
        assertThat(form.problems(NOW))
                .containsOnlyKeys(BanForm.Field.WHOM, BanForm.Field.EXPIRY, BanForm.Field.REASON)
                .containsEntry(BanForm.Field.WHOM, "10.0.0.300 is not an IP address.");
        assertThat(form.wish(NOW)).isEmpty();
        assertThat(new BanForm(BanForm.Kind.BAN, "10.0.0.1", "", "2020-01-01 00:00", "").problems(NOW))
                .containsEntry(BanForm.Field.EXPIRY, "This time is over already.");
        assertThat(new BanForm(BanForm.Kind.TOKENS, "42", "yesterday", "1d", "").problems(NOW))
                .containsOnlyKeys(BanForm.Field.BEFORE);
        assertThat(new BanForm(BanForm.Kind.USER, " ", "", "1d", "").problems(NOW))
                .containsOnlyKeys(BanForm.Field.WHOM);
    }

    @Test
    void aRuleThatIsThereFillsTheFormThatWouldMakeIt() {
        for (BanWish.Target target : java.util.List.<BanWish.Target>of(
                new BanWish.Network("10.0.0.0/8", IpRuleKind.DENY),
                new BanWish.User("42"),
                new BanWish.Token("t-1"),
                new BanWish.TokensOf("42", NOW.minusSeconds(60)))) {
            BanWish rule = new BanWish(target, Optional.of(NOW.plusSeconds(90)), "flood");
            assertThat(BanForm.of(rule).wish(NOW)).contains(rule);
            BanWish forEver = new BanWish(target, Optional.empty(), "");
            assertThat(BanForm.of(forEver).wish(NOW)).contains(forEver);
        }
    }
}
