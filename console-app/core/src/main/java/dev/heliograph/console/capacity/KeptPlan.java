package dev.heliograph.console.capacity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heliograph.capacity.Calibration;
import dev.heliograph.capacity.CapacityException;
import dev.heliograph.capacity.Demand;
import dev.heliograph.capacity.DemandInput;
import dev.heliograph.capacity.Guarantee;
import java.util.Arrays;
import java.util.Optional;

/// What is kept of a plan from one start of the console to the next: what was written, as it was written,
/// and the operator's own figures.
///
/// @param varied what the chart is about
/// @param own    empty if the figures are those that come with the console
record KeptPlan(PlanForm form, DemandInput varied, Optional<Figures> own) {

    private static final System.Logger LOG = System.getLogger(KeptPlan.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Where nothing was kept.
    static final KeptPlan USUAL = new KeptPlan(PlanForm.of(Demand.DEFAULT), DemandInput.CONNECTIONS, Optional.empty());

    String write() {
        ObjectNode all = JSON.createObjectNode();
        ObjectNode texts = all.putObject("inputs");
        for (DemandInput input : DemandInput.values()) {
            texts.put(input.key(), form.text(input));
        }
        all.put("guarantee", form.guarantee().key());
        all.put("varied", varied.key());
        own.ifPresent(figures -> all.putObject("figures")
                .put("file", figures.file().orElse(""))
                .put("calibration", figures.calibration().json()));
        return all.toPrettyString();
    }

    /// What can be read of it; the usual in place of the rest, as of an input that an older console did not
    /// have.
    static KeptPlan read(String text) {
        try {
            JsonNode all = JSON.readTree(text);
            PlanForm form = USUAL.form;
            for (DemandInput input : DemandInput.values()) {
                JsonNode kept = all.path("inputs").path(input.key());
                form = kept.isTextual() ? form.with(input, kept.textValue()) : form;
            }
            String guarantee = all.path("guarantee").asText();
            String varied = all.path("varied").asText();
            return new KeptPlan(
                    form.with(Arrays.stream(Guarantee.values())
                            .filter(each -> each.key().equals(guarantee))
                            .findFirst()
                            .orElse(USUAL.form.guarantee())),
                    Arrays.stream(DemandInput.values())
                            .filter(each -> each.key().equals(varied))
                            .findFirst()
                            .orElse(USUAL.varied),
                    figures(all.path("figures")));
        } catch (JsonProcessingException e) {
            LOG.log(System.Logger.Level.WARNING, "the kept plan cannot be read", e);
            return USUAL;
        }
    }

    private static Optional<Figures> figures(JsonNode kept) {
        if (!kept.isObject()) {
            return Optional.empty();
        }
        String file = kept.path("file").asText();
        try {
            return Optional.of(
                    new Figures(Calibration.parse(file, kept.path("calibration").asText()), Optional.of(file)));
        } catch (CapacityException e) {
            LOG.log(System.Logger.Level.WARNING, "the kept figures cannot be read", e);
            return Optional.empty();
        }
    }
}
