package dev.heliograph.console.desktop.limits;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.desktop.ui.form.KeyValues;
import dev.heliograph.console.desktop.ui.form.SidePanel;
import dev.heliograph.console.limits.LimitForm;
import dev.heliograph.console.limits.LimitTexts;
import dev.heliograph.console.text.Formats;
import dev.heliograph.console.text.Times;
import dev.heliograph.console.wire.Fullest;
import dev.heliograph.console.wire.LimitRow;
import java.time.Clock;
import java.time.Instant;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// One limit: what it says, what it did since it was put down, and its fullest buckets.
final class LimitDetail extends SidePanel {

    private final Clock clock;
    private final KeyValues facts = new KeyValues();
    private final Label part = new Label(text("limits.fullest"));
    private final VBox fullest = new VBox(6);
    private final Button edit;
    private final Button remove;

    LimitDetail(Clock clock, Runnable edit, Runnable remove, Runnable close) {
        super("limit-detail", "", close);
        this.clock = clock;
        part.getStyleClass().add("part");
        content().getChildren().addAll(facts, part, fullest);
        this.remove = button("limit-remove", text("limits.stage.removal"), remove);
        this.edit = button("limit-edit", text("limits.edit"), edit);
    }

    void show(LimitRow row) {
        title(row.name());
        edit.setDisable(row.configured() || !LimitForm.knows(row.rule()));
        remove.setDisable(row.configured());
        facts.clear();
        facts.put(
                text("limits.column.operation"), LimitTexts.operation(row.rule().operation()));
        facts.put(text("limits.column.amount"), LimitTexts.amount(row.rule()));
        facts.put(text("limits.column.whom"), LimitTexts.whom(row.rule()));
        facts.put(text("limits.column.mode"), LimitTexts.mode(row.rule().mode()));
        facts.put(text("limits.column.order"), Integer.toString(row.rule().order()));
        facts.put(
                text("limits.column.source"),
                row.configured() ? text("limits.configured.long") : row.rule().author());
        Long end = row.expiresAt();
        if (end != null) {
            facts.put(text("limits.column.ends"), Times.until(Instant.ofEpochMilli(end), clock.instant()));
        }
        facts.put(text("limits.admitted"), Formats.count(row.admitted()));
        facts.put(text("limits.rejected"), Formats.count(row.rejected()));
        facts.put(text("limits.would"), Formats.count(row.wouldReject()));
        Long last = row.lastHit();
        facts.put(
                text("limits.column.last"),
                last == null ? text("limits.never") : Times.ago(Instant.ofEpochMilli(last), clock.instant()));
        fullest.getChildren()
                .setAll(row.fullest().stream().map(LimitDetail::bar).toList());
        if (row.fullest().isEmpty()) {
            Label nothing = new Label(text("limits.fullest.none"));
            nothing.getStyleClass().add("hint");
            nothing.setWrapText(true);
            fullest.getChildren().add(nothing);
        }
    }

    private static VBox bar(Fullest each) {
        Label key = new Label(each.key().isEmpty() ? text("limits.fullest.node") : each.key());
        key.getStyleClass().add("mono");
        key.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(key, Priority.ALWAYS);
        Label share = new Label(Formats.percent(each.used()));
        share.setMinWidth(USE_PREF_SIZE);
        ProgressBar bar = new ProgressBar(Math.clamp(each.used(), 0, 1));
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.setAccessibleText(key.getText() + ": " + share.getText());
        return new VBox(2, new HBox(8, key, share), bar);
    }
}
