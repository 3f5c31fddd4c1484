package dev.heliograph.console.desktop.capacity;

import dev.heliograph.capacity.DemandInput;
import dev.heliograph.capacity.PlanReport;
import dev.heliograph.console.capacity.PlanModel;
import dev.heliograph.console.desktop.testing.ChosenFiles;
import dev.heliograph.console.desktop.testing.GoldenPicture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CapacityPictureTest {

    private static final int WIDTH = 1_104;
    private static final int HEIGHT = 740;

    private final ChosenFiles files = new ChosenFiles();
    private final PlanModel model = new TestPlans().model();

    @AfterEach
    void close() {
        model.close();
    }

    private CapacityPage page() {
        return new CapacityPage(model, files.texts());
    }

    private void write(DemandInput input, String text) {
        model.change(model.form().get().with(input, text));
    }

    private void large() {
        write(DemandInput.CONNECTIONS, "200k");
        write(DemandInput.PUBLISH_RATE, "800");
        write(DemandInput.FAN_OUT, "250");
        TestPlans.await(model);
    }

    @Test
    void aPlanWithItsForm() {
        large();
        GoldenPicture.check("capacity", WIDTH, HEIGHT, () -> page().view());
    }

    @Test
    void allOfAPlan() {
        large();
        model.vary(DemandInput.FAN_OUT);
        TestPlans.await(model);
        GoldenPicture.check("capacity-whole", WIDTH, 1_560, () -> page().view());
    }

    @Test
    void wrongInputs() {
        TestPlans.await(model);
        write(DemandInput.CONNECTIONS, "lots");
        write(DemandInput.PAYLOAD_BYTES, "1.5");
        write(DemandInput.TARGET_UTILISATION, "1.2");
        GoldenPicture.check("capacity-wrong", WIDTH, HEIGHT, () -> page().view());
    }

    @Test
    void nothingCarriesIt() {
        write(DemandInput.LATENCY_MS, "5");
        TestPlans.await(model);
        GoldenPicture.check("capacity-impossible", WIDTH, HEIGHT, () -> page().view());
    }

    @Test
    void thePlanAsVariables() {
        large();
        GoldenPicture.check("capacity-export", WIDTH, HEIGHT, () -> {
            CapacityPage page = page();
            page.export(PlanReport.Form.ANSIBLE);
            return page.view();
        });
    }
}
