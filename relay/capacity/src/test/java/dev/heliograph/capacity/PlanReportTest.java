package dev.heliograph.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.capacity.PlanReport.Form;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanReportTest {

    private final CapacityModel model = Figures.model();
    private final Plan plan = model.plan(Demand.DEFAULT);
    private final PlanReport report = new PlanReport(
            plan, PriceList.packaged(), Optional.of(model.curve(Demand.DEFAULT, DemandInput.CONNECTIONS, 5)));

    @Test
    void eachFormBeginsWithTheAnswer() {
        assertThat(report.as(Form.TEXT)).startsWith(plan.answer() + "\n" + plan.reason() + "\n");
        assertThat(report.as(Form.JSON)).startsWith("{").contains(plan.answer(), "\"managed\"", "\"curve\"");
        assertThat(report.as(Form.ANSIBLE)).startsWith("---\n").contains(plan.answer());
    }

    @Test
    void eachLineHasItsEnd() {
        for (Form form : Form.values()) {
            assertThat(report.as(form)).as("%s", form).endsWith("\n").doesNotContain("\r");
        }
    }

    @Test
    void aFileMovesNoCursor() {
        Calibration strange =
                Calibration.parse("test", Figures.CALIBRATION.replace("\"a test\"", "\"a\\u001b[2J test\""));
        PlanReport told =
                new PlanReport(new CapacityModel(strange).plan(Demand.DEFAULT), PriceList.packaged(), Optional.empty());
        assertThat(told.as(Form.TEXT)).contains("a?[2J test").doesNotContain("\u001b");
    }
}
