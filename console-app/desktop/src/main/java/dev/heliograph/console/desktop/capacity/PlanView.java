package dev.heliograph.console.desktop.capacity;

import static dev.heliograph.console.text.Messages.text;

import atlantafx.base.theme.Styles;
import dev.heliograph.capacity.Plan;
import dev.heliograph.capacity.PlanReport;
import dev.heliograph.console.capacity.PlanOutcome.Carried;
import dev.heliograph.console.capacity.PlanTexts;
import dev.heliograph.console.desktop.ui.Status;
import dev.heliograph.console.desktop.ui.StatusPill;
import dev.heliograph.console.desktop.ui.Tone;
import dev.heliograph.console.desktop.ui.form.KeyValues;
import dev.heliograph.console.text.Formats;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// A plan: the answer, what binds, what if, and the figures behind it.
final class PlanView extends VBox {

    private final PlanTiles tiles = new PlanTiles();
    private final StatusPill binds = new StatusPill(Status.of(text("capacity.binds"), Tone.INFO));
    private final Label reason = wrapped();
    private final WhatIf whatIf;
    private final Label resourcesTitle = title("");
    private final ResourceTable resources = new ResourceTable();
    private final KeyValues day = new KeyValues();
    private final CostTable costs = new CostTable();
    private final Label note = wrapped();
    private final VBox uncertain = new VBox(4);
    private Optional<Integer> there = Optional.empty();
    private Optional<PlanReport> shown = Optional.empty();

    PlanView(WhatIf whatIf) {
        super(12);
        this.whatIf = whatIf;
        binds.setId("plan-binds");
        reason.setId("plan-reason");
        HBox.setHgrow(reason, Priority.ALWAYS);
        HBox binding = new HBox(12, binds, reason);
        binding.setAlignment(Pos.CENTER_LEFT);
        note.getStyleClass().add("hint");
        day.setId("plan-day");
        uncertain.setId("plan-uncertain");
        getChildren()
                .addAll(
                        tiles,
                        binding,
                        whatIf,
                        card(resourcesTitle, resources),
                        card(title(text("capacity.money")), costs, note),
                        card(title(text("capacity.day")), day),
                        card(title(text("capacity.uncertain")), uncertain));
    }

    private static Label wrapped() {
        Label label = new Label();
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        label.setMaxWidth(Double.MAX_VALUE);
        return label;
    }

    private static Label title(String words) {
        Label label = wrapped();
        label.setText(words);
        label.getStyleClass().add(Styles.TEXT_BOLD);
        return label;
    }

    private static VBox card(Node... parts) {
        VBox card = new VBox(8, parts);
        card.getStyleClass().add("plan-card");
        return card;
    }

    /// @param relays that the cluster has now, if that is known
    void there(Optional<Integer> relays) {
        if (!relays.equals(there)) {
            there = relays;
            shown.ifPresent(this::tiles);
        }
    }

    void show(Carried outcome) {
        PlanReport report = outcome.report();
        Plan plan = report.plan();
        shown = Optional.of(report);
        tiles(report);
        reason.setText(plan.reason());
        whatIf.show(outcome);
        int failures = plan.demand().failures();
        resourcesTitle.setText(
                failures == 0 ? text("capacity.resources") : text("capacity.resources.lost", failures, plan.nodes()));
        resources.show(plan);
        costs.show(report);
        note.setText(text(
                "capacity.money.note",
                PlanTexts.money(plan.demand().price(), report.prices().currency()),
                report.prices().note()));
        day(plan);
        uncertain
                .getChildren()
                .setAll(plan.uncertain().stream().map(PlanView::point).toList());
    }

    private void tiles(PlanReport report) {
        tiles.show(report.plan(), report.prices().currency(), there);
    }

    private void day(Plan plan) {
        Plan.Ordinary each = plan.ordinary();
        Plan.Storms storms = plan.storms();
        day.clear();
        day.put(
                text("capacity.day.each"),
                text(
                        "capacity.day.each.value",
                        Formats.number(each.connections()),
                        Formats.number(each.deliveriesPerS()),
                        Formats.percent(each.cpuShare()),
                        Formats.millis(each.p99Ms())));
        day.put(text("capacity.day.all"), text("capacity.day.all.value", Formats.number(plan.deliveriesPerS())));
        day.put(
                text("capacity.day.limits"),
                text(
                        "capacity.day.limits.value",
                        Formats.count(plan.limits().connectionLimit()),
                        Formats.count(plan.limits().openFiles())));
        plan.redis()
                .ifPresent(redis -> day.put(
                        text("capacity.day.redis"),
                        text(
                                "capacity.day.redis.value",
                                PlanTexts.number(redis.cpuCores()),
                                PlanTexts.number(redis.memoryGib()),
                                PlanTexts.number(redis.inMbit()),
                                PlanTexts.number(redis.outMbit()))));
        day.put(
                text("capacity.day.storm"),
                text(
                        "capacity.day.storm.value",
                        PlanTexts.time(storms.oneLostSeconds()),
                        Formats.number(storms.connectsPerS()),
                        PlanTexts.time(storms.allLostSeconds())));
        day.put(
                text("capacity.day.drain"),
                text(
                        "capacity.day.drain.value",
                        PlanTexts.time(storms.drainSeconds()),
                        PlanTexts.number(plan.demand().drainPace())));
    }

    private static Node point(String sentence) {
        Label words = wrapped();
        // Commands stand in the quotation marks of Markdown.
        words.setText(sentence.replaceAll("`([^`]*)`", "“$1”"));
        HBox.setHgrow(words, Priority.ALWAYS);
        return new HBox(8, new Label("–"), words);
    }
}
