package dev.heliograph.console.desktop.capacity;

import static dev.heliograph.console.text.Messages.text;

import atlantafx.base.theme.Styles;
import dev.heliograph.capacity.Curve;
import dev.heliograph.capacity.DemandInput;
import dev.heliograph.console.capacity.PlanModel;
import dev.heliograph.console.capacity.PlanOutcome.Carried;
import dev.heliograph.console.capacity.PlanTexts;
import dev.heliograph.console.desktop.ui.chart.ChartUnit;
import dev.heliograph.console.desktop.ui.chart.CurveChart;
import dev.heliograph.console.desktop.ui.chart.CurveData;
import dev.heliograph.console.desktop.ui.form.SegmentedChoice;
import dev.heliograph.console.text.Formats;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import javafx.geometry.Pos;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/// What would be if one number of the load were another one: relays or money over it, with the point of now
/// and the one from which on another relay is needed.
final class WhatIf extends VBox {

    private static final double HEIGHT = 200;

    /// What the curve is of.
    private enum Shown {
        NODES("capacity.whatif.nodes", Curve.Point::nodes),
        COST("capacity.whatif.cost", Curve.Point::monthly);

        private final String key;

        @SuppressWarnings("ImmutableEnumChecker") // without state
        private final ToDoubleFunction<Curve.Point> value;

        Shown(String key, ToDoubleFunction<Curve.Point> value) {
            this.key = key;
            this.value = value;
        }
    }

    private final ComboBox<DemandInput> varied = new ComboBox<>();
    private final SegmentedChoice<Shown> figure =
            new SegmentedChoice<>(text("capacity.whatif.figure"), List.of(Shown.values()), each -> text(each.key));
    private final CurveChart chart = new CurveChart(ChartUnit.COUNT);
    private final Label said = new Label();
    private Optional<Carried> outcome = Optional.empty();

    /// @param vary is told of another number that is to vary
    WhatIf(Consumer<DemandInput> vary) {
        super(8);
        setId("plan-what-if");
        getStyleClass().add("plan-card");
        varied.setId("plan-varied");
        varied.setAccessibleText(text("capacity.whatif.input"));
        varied.getItems().setAll(PlanModel.VARIED);
        varied.setConverter(new StringConverter<>() {
            @Override
            public String toString(DemandInput value) {
                return value == null ? "" : PlanTexts.title(value);
            }

            @Override
            public DemandInput fromString(String title) {
                throw new UnsupportedOperationException("it is chosen, not written");
            }
        });
        varied.setMinWidth(Region.USE_PREF_SIZE);
        varied.valueProperty().subscribe((_, next) -> {
            if (next != null) {
                vary.accept(next);
            }
        });
        figure.setId("plan-figure");
        figure.onChoice(_ -> draw());
        chart.setId("plan-curve");
        chart.setPrefHeight(HEIGHT);
        chart.setMinHeight(HEIGHT);
        chart.onCursor(this::read);
        said.setId("plan-curve-said");
        said.setWrapText(true);
        said.setMinHeight(USE_PREF_SIZE);
        Label title = new Label(text("capacity.whatif"));
        title.getStyleClass().add(Styles.TEXT_BOLD);
        title.setMinWidth(USE_PREF_SIZE);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox bar = new HBox(12, title, varied, gap, figure);
        bar.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(bar, chart, said);
    }

    void varied(DemandInput input) {
        varied.setValue(input);
    }

    /// The next one of those that can vary.
    void varyNext() {
        int next = varied.getItems().indexOf(varied.getValue()) + 1;
        varied.setValue(varied.getItems().get(next % varied.getItems().size()));
    }

    void show(Carried next) {
        outcome = Optional.of(next);
        draw();
    }

    private void draw() {
        Shown shown = figure.chosen();
        String title = text(shown.key);
        outcome.flatMap(Carried::curve)
                .ifPresentOrElse(
                        curve -> chart.show(title, data(curve, shown)), () -> chart.show(title, CurveData.NONE));
    }

    private CurveData data(Curve curve, Shown shown) {
        return new CurveData(
                curve.points().stream().map(each -> point(each, shown)).toList(),
                outcome.map(each -> now(each, curve, shown)),
                curve.next()
                        .map(each -> new CurveData.Mark(
                                point(each, shown),
                                text(
                                        "capacity.whatif.then",
                                        PlanTexts.relays(each.nodes()),
                                        Formats.compact(each.value())))));
    }

    private static CurveData.Mark now(Carried outcome, Curve curve, Shown shown) {
        var plan = outcome.report().plan();
        Curve.Point point =
                new Curve.Point(curve.now(), plan.nodes(), plan.cost().monthly(), plan.binding());
        return new CurveData.Mark(
                point(point, shown), text("capacity.whatif.now", PlanTexts.amount(curve.input(), curve.now())));
    }

    private static CurveData.Point point(Curve.Point point, Shown shown) {
        return new CurveData.Point(point.value(), shown.value.applyAsDouble(point));
    }

    private void read(OptionalInt cursor) {
        said.setText(outcome.flatMap(Carried::curve)
                .map(curve -> cursor.isPresent() ? at(curve, cursor.getAsInt()) : PlanTexts.next(curve))
                .orElseGet(() -> text("capacity.whatif.none")));
    }

    private String at(Curve curve, int index) {
        String currency = outcome.map(each -> each.report().prices().currency()).orElse("");
        return PlanTexts.point(curve, curve.points().get(index), currency);
    }
}
