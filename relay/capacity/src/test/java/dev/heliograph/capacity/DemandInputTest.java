package dev.heliograph.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DemandInputTest {

    private static final Demand WIDE = Figures.demand("connections", 100_000_000);

    @Test
    void eachNumberOfADemandIsOne() {
        List<RecordComponent> numbers = Arrays.stream(Demand.class.getRecordComponents())
                .filter(each -> each.getType().isPrimitive())
                .toList();
        assertThat(DemandInput.values())
                .extracting(DemandInput::key)
                .containsExactlyElementsOf(
                        numbers.stream().map(each -> Tree.key(each.getName())).toList());
        assertThat(DemandInput.values())
                .extracting(DemandInput::isWhole)
                .containsExactlyElementsOf(numbers.stream()
                        .map(each -> each.getType() == int.class)
                        .toList());
    }

    @ParameterizedTest
    @EnumSource
    void itTakesItsBoundsAndNothingBeyond(DemandInput input) {
        Demand base = input == DemandInput.CONNECTIONS ? Demand.DEFAULT.with(DemandInput.FAN_OUT, 0) : WIDE;
        assertThat(input.of(base.with(input, input.least()))).isEqualTo(input.least());
        assertThatCode(() -> base.with(input, input.most())).doesNotThrowAnyException();
        assertThatThrownBy(() -> base.with(input, input.most() + 1))
                .hasMessageContaining(input.key())
                .hasMessageContaining("is not between");
    }
}
