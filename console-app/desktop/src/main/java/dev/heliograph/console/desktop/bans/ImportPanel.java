package dev.heliograph.console.desktop.bans;

import static dev.heliograph.console.text.Messages.text;

import atlantafx.base.theme.Styles;
import dev.heliograph.console.bans.BansModel;
import dev.heliograph.console.bans.Expiry;
import dev.heliograph.console.desktop.ui.Commander;
import dev.heliograph.console.desktop.ui.file.FileKind;
import dev.heliograph.console.desktop.ui.file.TextFiles;
import dev.heliograph.console.desktop.ui.form.FormField;
import dev.heliograph.console.desktop.ui.form.SidePanel;
import dev.heliograph.console.wire.IpRuleKind;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;

/// Takes a list of networks: typed, pasted, or from a file. The relay reads all of it in a dry run before anything is
/// put
/// down.
final class ImportPanel extends SidePanel {

    /// A list of the 200,000 rules that there may be is smaller.
    private static final long MAX_BYTES = 16L << 20;

    private final BansModel model;
    private final Commander commander;
    private final TextFiles files;
    private final TextArea lines = new TextArea();
    private final ComboBox<String> kind = new ComboBox<>();
    private final ComboBox<String> expiry = new ComboBox<>();
    private final TextField reason = new TextField();
    private final FormField list = new FormField(text("bans.import.list"), lines).id("import-lines");
    private final FormField end = new FormField(text("bans.import.until"), expiry).id("import-expiry");
    private final Button review;

    ImportPanel(BansModel model, Commander commander, TextFiles files, Runnable close) {
        super("ban-import", text("bans.import"), close);
        this.model = model;
        this.commander = commander;
        this.files = files;
        lines.setPrefRowCount(14);
        lines.getStyleClass().add("mono");
        lines.setPromptText("192.0.2.0/24\n198.51.100.7 ban 2027-01-31T00:00:00Z\n203.0.113.0/24 allow - the office");
        list.hint(text("bans.import.hint"));
        kind.getItems().setAll("ban", "deny", "allow");
        kind.setValue("ban");
        kind.setMaxWidth(Double.MAX_VALUE);
        expiry.setEditable(true);
        expiry.getItems()
                .setAll(Arrays.stream(Expiry.values()).map(Expiry::text).toList());
        expiry.setValue(Expiry.WEEK.text());
        content()
                .getChildren()
                .addAll(
                        list,
                        new FormField(text("bans.import.kind"), kind).id("import-kind"),
                        end,
                        new FormField(text("bans.editor.reason"), reason).id("import-reason"));
        button("import-file", text("bans.import.file"), this::choose);
        review = button("import-review", text("bans.import.review"), this::review);
        review.getStyleClass().add(Styles.ACCENT);
        lines.textProperty().subscribe(_ -> check());
        expiry.getEditor().textProperty().subscribe(_ -> check());
    }

    private void check() {
        Optional<String> problem = Optional.empty();
        try {
            until();
        } catch (IllegalArgumentException e) {
            problem = Optional.of(String.valueOf(e.getMessage()));
        }
        end.problem(problem);
        review.setDisable(lines.getText().isBlank() || problem.isPresent());
    }

    private Optional<Instant> until() {
        return Expiry.parse(expiry.getEditor().getText(), model.clock().instant());
    }

    private void choose() {
        files.open(
                FileKind.TEXT,
                MAX_BYTES,
                (_, read) -> {
                    lines.setText(read);
                    list.problem(Optional.empty());
                },
                why -> list.problem(Optional.of(why)));
    }

    private void review() {
        String text = lines.getText();
        IpRuleKind usual = IpRuleKind.valueOf(kind.getValue().toUpperCase(Locale.ROOT));
        Optional<Instant> until = until();
        String why = reason.getText().strip();
        commander.offer(text("bans.import.checking"), () -> model.lists().propose(text, usual, until, why));
    }

    @Override
    public void requestFocus() {
        lines.requestFocus();
    }
}
