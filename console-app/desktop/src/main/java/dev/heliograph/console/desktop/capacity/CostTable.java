package dev.heliograph.console.desktop.capacity;

import static dev.heliograph.console.text.Messages.text;

import atlantafx.base.theme.Styles;
import dev.heliograph.capacity.Plan;
import dev.heliograph.capacity.PlanReport;
import dev.heliograph.capacity.PriceList;
import dev.heliograph.console.capacity.PlanTexts;
import dev.heliograph.console.text.Formats;
import javafx.geometry.HPos;
import javafx.geometry.VPos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;

/// What the relays cost, beside what managed services ask for the same load by their price lists.
final class CostTable extends GridPane {

    CostTable() {
        super(16, 6);
        setId("plan-costs");
        ColumnConstraints name = new ColumnConstraints();
        name.setHgrow(Priority.ALWAYS);
        ColumnConstraints amount = new ColumnConstraints();
        amount.setHalignment(HPos.RIGHT);
        ColumnConstraints times = new ColumnConstraints();
        times.setHalignment(HPos.RIGHT);
        getColumnConstraints().addAll(name, amount, new ColumnConstraints(), times);
    }

    void show(PlanReport report) {
        getChildren().clear();
        Plan.Cost cost = report.plan().cost();
        String currency = report.prices().currency();
        Label own = name(text("capacity.money.this", cost.hosts()));
        own.getStyleClass().add(Styles.TEXT_BOLD);
        Label amount = fixed(PlanTexts.money(cost.monthly(), currency));
        amount.getStyleClass().add(Styles.TEXT_BOLD);
        addRow(0, own, amount);
        Label parts = name(text(
                "capacity.money.parts",
                Formats.count(Math.round(cost.relays())),
                Formats.count(Math.round(cost.redis())),
                Formats.count(Math.round(cost.balancers())),
                Formats.count(Math.round(cost.traffic()))));
        parts.getStyleClass().add("hint");
        add(parts, 0, 1, 4, 1);
        int row = 2;
        for (PriceList.Comparison each : report.managed()) {
            Label service = name(each.name());
            if (!each.note().isBlank()) {
                service.setTooltip(note(each.note()));
            }
            addRow(
                    row++,
                    service,
                    fixed(PlanTexts.money(each.monthly(), currency)),
                    fixed(text("capacity.money.list", each.asOf())),
                    fixed(times(each.monthly(), cost.monthly())));
        }
        getChildren().forEach(cell -> setValignment(cell, VPos.TOP));
    }

    private static String times(double theirs, double ours) {
        return ours <= 0 ? "" : text("capacity.money.times", Formats.number(theirs / ours));
    }

    private static Tooltip note(String words) {
        Tooltip tip = new Tooltip(words);
        tip.setWrapText(true);
        tip.setMaxWidth(420);
        return tip;
    }

    private static Label name(String words) {
        Label label = new Label(words);
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        return label;
    }

    private static Label fixed(String words) {
        Label label = new Label(words);
        label.setMinWidth(USE_PREF_SIZE);
        return label;
    }
}
