package dev.heliograph.console.desktop.audit;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.audit.AuditUndo;
import dev.heliograph.console.audit.Difference;
import dev.heliograph.console.desktop.ui.form.KeyValues;
import dev.heliograph.console.desktop.ui.form.SidePanel;
import dev.heliograph.console.text.Formats;
import dev.heliograph.console.text.Times;
import dev.heliograph.console.wire.AuditRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;

/// One line of the record: who, from where, why, and what it made of what.
final class AuditPanel extends SidePanel {

    private final KeyValues facts = new KeyValues();
    private final Label part = new Label(text("audit.difference"));
    private final GridPane difference = new GridPane(12, 6);
    private final Button undo;

    AuditPanel(Runnable undo, Runnable close) {
        super("audit-detail", "", close);
        part.getStyleClass().add("part");
        difference.setId("audit-difference");
        difference.getStyleClass().add("difference");
        ColumnConstraints field = new ColumnConstraints();
        field.setMinWidth(USE_PREF_SIZE);
        ColumnConstraints value = new ColumnConstraints();
        value.setHgrow(Priority.ALWAYS);
        value.setPercentWidth(36);
        difference.getColumnConstraints().addAll(field, value, value);
        content().getChildren().addAll(facts, part, difference);
        this.undo = button("audit-undo", text("audit.undo"), undo);
    }

    void show(AuditRow row) {
        title(text("audit.panel", row.action()));
        facts.clear();
        facts.put(text("audit.column.target"), row.target());
        facts.put(text("audit.column.at"), Times.second(Instant.ofEpochMilli(row.at())));
        facts.put(text("audit.column.operator"), text("audit.operator", row.operator(), row.role()));
        facts.put(text("audit.column.from"), row.from());
        facts.put(text("audit.column.reason"), row.reason().isEmpty() ? Formats.NONE : row.reason());
        facts.put(text("audit.column.outcome"), row.outcome());
        List<Difference> fields = Difference.of(row);
        part.setVisible(!fields.isEmpty());
        difference.getChildren().clear();
        if (!fields.isEmpty()) {
            difference.addRow(0, new Label(), heading("audit.before"), heading("audit.after"));
        }
        int line = 1;
        for (Difference each : fields) {
            Label name = new Label(each.field());
            name.getStyleClass().add(each.isChanged() ? "field" : "same");
            difference.addRow(line++, name, value(each.before(), each, "before"), value(each.after(), each, "after"));
        }
        undo.setDisable(!AuditUndo.isOffered(row));
    }

    private static Label heading(String key) {
        Label label = new Label(text(key));
        label.getStyleClass().add("hint");
        return label;
    }

    private static Label value(Optional<String> value, Difference of, String style) {
        Label label = new Label(value.orElse(Formats.NONE));
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        label.getStyleClass().add(of.isChanged() ? style : "same");
        return label;
    }
}
