package dev.heliograph.console.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.heliograph.capacity.Demand;
import dev.heliograph.capacity.DemandInput;
import dev.heliograph.capacity.Guarantee;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PlanFormTest {

    private static final PlanForm USUAL = PlanForm.of(Demand.DEFAULT);

    @Test
    void theUsualLoadIsWrittenAndReadAgain() {
        assertThat(USUAL.problems()).isEmpty();
        assertThat(USUAL.demand()).hasValue(Demand.DEFAULT);
        assertThat(USUAL.text(DemandInput.CONNECTIONS)).isEqualTo("10,000");
        assertThat(USUAL.text(DemandInput.TARGET_UTILISATION)).isEqualTo("0.6");
    }

    @ParameterizedTest
    @EnumSource
    void eachInputIsOfTheLoad(DemandInput input) {
        double other = input.of(Demand.DEFAULT) == input.least() ? input.most() : input.least();
        // No demand has more fan-out than connections.
        PlanForm form = USUAL.with(DemandInput.FAN_OUT, 0).with(input, other);
        assertThat(form.demand())
                .hasValueSatisfying(demand -> assertThat(input.of(demand)).isEqualTo(other));
    }

    @Test
    void theGuaranteeIsOfTheLoad() {
        for (Guarantee guarantee : Guarantee.values()) {
            assertThat(USUAL.with(guarantee).demand().map(Demand::guarantee)).hasValue(guarantee);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CONNECTIONS    |            | A number is missing.",
                "CONNECTIONS    | many       | Not a number, as 10,000 or 0.5 is.",
                "CONNECTIONS    | 0          | Not between 1 and 100,000,000.",
                "CONNECTIONS    | 1.5        | Not a whole number.",
                "PRESENCE_SHARE | 1.5        | Not between 0 and 1.",
                "PUBLISH_RATE   | -1         | Not between 0 and 10,000,000.",
                "FAN_OUT        | 10,001     | More than the 10,000 connections.",
            })
    void eachWrongFieldHasOneSentence(DemandInput input, String text, String sentence) {
        PlanForm form = USUAL.with(input, text == null ? "" : text);
        assertThat(form.problems()).containsExactly(entry(input, sentence));
        assertThat(form.demand()).isEmpty();
        assertThat(form.text(input)).isEqualTo(text == null ? "" : text);
    }

    @Test
    void allWrongFieldsAreSaidAtOnce() {
        PlanForm form = USUAL.with(DemandInput.CORES, "")
                .with(DemandInput.PRICE, "free")
                .with(DemandInput.FAN_OUT, "20k");
        assertThat(form.problems()).containsOnlyKeys(DemandInput.CORES, DemandInput.PRICE, DemandInput.FAN_OUT);
    }
}
