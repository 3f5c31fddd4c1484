package dev.heliograph.console.capacity;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heliograph.capacity.Demand;
import dev.heliograph.capacity.DemandInput;
import dev.heliograph.capacity.Guarantee;
import dev.heliograph.console.text.Messages;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// A load as an operator has written it, good or not. Immutable.
///
/// @param texts     of each input
/// @param guarantee what a client that was away gets
public record PlanForm(Map<DemandInput, String> texts, Guarantee guarantee) {

    public PlanForm {
        EnumMap<DemandInput, String> all = new EnumMap<>(DemandInput.class);
        for (DemandInput input : DemandInput.values()) {
            all.put(input, texts.getOrDefault(input, ""));
        }
        texts = Map.copyOf(all);
    }

    public static PlanForm of(Demand demand) {
        EnumMap<DemandInput, String> texts = new EnumMap<>(DemandInput.class);
        for (DemandInput input : DemandInput.values()) {
            texts.put(input, WrittenNumber.write(input.of(demand)));
        }
        return new PlanForm(texts, demand.guarantee());
    }

    public String text(DemandInput input) {
        return Objects.requireNonNull(texts.get(input));
    }

    public PlanForm with(DemandInput input, String text) {
        EnumMap<DemandInput, String> next = new EnumMap<>(texts);
        next.put(input, text);
        return new PlanForm(next, guarantee);
    }

    public PlanForm with(DemandInput input, double number) {
        return with(input, WrittenNumber.write(number));
    }

    public PlanForm with(Guarantee next) {
        return new PlanForm(texts, next);
    }

    /// What is wrong with it, a sentence an input; empty if it is good.
    public Map<DemandInput, String> problems() {
        Map<DemandInput, String> problems = new EnumMap<>(DemandInput.class);
        for (DemandInput input : DemandInput.values()) {
            problem(input).ifPresent(sentence -> problems.put(input, sentence));
        }
        if (!problems.containsKey(DemandInput.CONNECTIONS)
                && !problems.containsKey(DemandInput.FAN_OUT)
                && number(DemandInput.FAN_OUT) > number(DemandInput.CONNECTIONS)) {
            problems.put(DemandInput.FAN_OUT, Messages.text("capacity.problem.fan-out", text(DemandInput.CONNECTIONS)));
        }
        return problems;
    }

    private Optional<String> problem(DemandInput input) {
        if (text(input).isBlank()) {
            return Optional.of(Messages.text("capacity.problem.empty"));
        }
        Optional<Double> number = WrittenNumber.read(text(input));
        if (number.isEmpty()) {
            return Optional.of(Messages.text("capacity.problem.number"));
        }
        double value = number.get();
        if (input.isWhole() && value != Math.rint(value)) {
            return Optional.of(Messages.text("capacity.problem.whole"));
        }
        return value >= input.least() && value <= input.most()
                ? Optional.empty()
                : Optional.of(Messages.text(
                        "capacity.problem.bounds",
                        WrittenNumber.write(input.least()),
                        WrittenNumber.write(input.most())));
    }

    private double number(DemandInput input) {
        return WrittenNumber.read(text(input)).orElseThrow();
    }

    /// The load, if nothing is wrong.
    public Optional<Demand> demand() {
        if (!problems().isEmpty()) {
            return Optional.empty();
        }
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        values.put("guarantee", guarantee.key());
        for (DemandInput input : DemandInput.values()) {
            double value = number(input);
            if (input.isWhole()) {
                values.put(input.key(), (int) value);
            } else {
                values.put(input.key(), value);
            }
        }
        return Optional.of(Demand.DEFAULT.with("form", values));
    }
}
