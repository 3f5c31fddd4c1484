package dev.heliograph.console.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.wire.LimitMode;
import dev.heliograph.console.wire.LimitOperation;
import dev.heliograph.console.wire.LimitRow;
import dev.heliograph.console.wire.LimitScope;
import dev.heliograph.console.wire.LimitState;
import dev.heliograph.console.wire.LimitWish;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitFormTest {

    private static LimitForm form(LimitOperation operation, LimitScope scope, String rate, String burst, String max) {
        return new LimitForm("a-limit", operation, scope, "", "", "", "", rate, burst, max, LimitMode.ENFORCE, "10");
    }

    @Test
    void eachFieldTellsWhatIsWrongWithIt() {
        LimitForm form = new LimitForm(
                "Bad Name",
                LimitOperation.HANDSHAKE,
                LimitScope.USER,
                "42",
                "10.0.0.300",
                "",
                "chat:*",
                "fast",
                "0.5",
                "",
                LimitMode.ENFORCE,
                "first");
        assertThat(form.problems())
                .containsOnlyKeys(
                        LimitForm.Field.NAME,
                        LimitForm.Field.SCOPE,
                        LimitForm.Field.USER,
                        LimitForm.Field.CIDR,
                        LimitForm.Field.CHANNEL,
                        LimitForm.Field.RATE,
                        LimitForm.Field.BURST,
                        LimitForm.Field.ORDER)
                .containsEntry(LimitForm.Field.SCOPE, "handshakes can not be limited for each user.");
        assertThat(form.wish()).isEmpty();
        assertThat(form(LimitOperation.CONNECTIONS, LimitScope.USER, "", "", "0")
                        .problems())
                .containsOnlyKeys(LimitForm.Field.MAX);
        assertThat(form(LimitOperation.PUBLISH, LimitScope.USER, "0.001", "100", "")
                        .problems())
                .containsEntry(LimitForm.Field.BURST, "This bucket would take more than an hour to fill.");
    }

    @Test
    void aGoodFormIsAWishWithoutWhatItLeavesOut() {
        assertThat(form(LimitOperation.PUBLISH, LimitScope.USER, "0.5", "", "7").wish())
                .contains(new LimitWish(
                        10,
                        LimitOperation.PUBLISH,
                        LimitScope.USER,
                        null,
                        null,
                        null,
                        null,
                        0.5,
                        null,
                        null,
                        LimitMode.ENFORCE,
                        null));
        assertThat(form(LimitOperation.CONNECTIONS, LimitScope.IP, "7", "", "20")
                        .wish())
                .hasValueSatisfying(wish -> {
                    assertThat(wish.max()).isEqualTo(20);
                    assertThat(wish.rate()).isNull();
                });
    }

    @Test
    void aLimitThatIsThereFillsTheFormThatWouldMakeIt() {
        LimitState rule = new LimitState(
                3,
                LimitOperation.PUBLISH,
                LimitScope.USER,
                "4*",
                "10.0.0.0/8",
                "chat",
                "chat:*",
                0.5,
                5,
                0,
                LimitMode.DRY_RUN,
                "ann",
                0);
        LimitRow row = new LimitRow("slow", rule, false, null, 0, 0, 0, null, List.of());
        assertThat(LimitForm.of(row).wish()).contains(LimitChanges.wish(row));
    }

    @Test
    void limitsAreSaidInWords() {
        LimitWish wish = form(LimitOperation.HANDSHAKE, LimitScope.IP, "5", "20", "")
                .wish()
                .orElseThrow();
        assertThat(LimitTexts.rule(wish)).isEqualTo("handshakes: 5/s, burst 20 for each address (enforced)");
        assertThat(LimitTexts.number(0.25)).isEqualTo("0.25");
        assertThat(LimitTexts.number(1_000)).isEqualTo("1,000");
    }
}
