package dev.heliograph.console.desktop.connections;

import static dev.heliograph.console.text.Messages.text;

import atlantafx.base.theme.Styles;
import dev.heliograph.console.connections.DisconnectForm;
import dev.heliograph.console.connections.Selection;
import dev.heliograph.console.text.Formats;
import java.util.function.BiConsumer;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.VBox;

/// How connections are to be ended; what that would do is shown before it is done. On JavaFX's thread.
final class DisconnectPane extends VBox {

    private final Label which = Drawer.sentence("", Styles.TEXT_BOLD);
    private final RadioButton comeBack = new RadioButton(text("connections.form.come-back"));
    private final RadioButton stayAway = new RadioButton(text("connections.form.stay-away"));
    private final TextField code = new TextField();
    private final TextField pace = new TextField();
    private final TextField cap = new TextField();
    private final TextField closeReason = new TextField();
    private final Label problem = Drawer.sentence("", "connections-trouble");
    private Selection selection = new Selection.Matching("");

    /// @param offer is given what is to be ended, and how
    DisconnectPane(BiConsumer<Selection, DisconnectForm> offer) {
        setId("disconnect-form");
        setSpacing(12);
        setPadding(new Insets(4, 16, 16, 16));
        ToggleGroup then = new ToggleGroup();
        comeBack.setToggleGroup(then);
        stayAway.setToggleGroup(then);
        comeBack.setId("come-back");
        stayAway.setId("stay-away");
        which.setId("disconnect-which");
        code.setId("disconnect-code");
        pace.setId("disconnect-pace");
        cap.setId("disconnect-cap");
        closeReason.setId("disconnect-close-reason");
        code.setPromptText(text("connections.form.code.prompt"));
        pace.setPromptText(text("connections.form.pace.prompt"));
        cap.setPromptText(text("connections.form.cap.prompt"));
        closeReason.setPromptText(text("connections.form.close-reason.prompt"));
        problem.setId("disconnect-problem");
        Button preview = new Button(text("connections.form.preview"));
        preview.setId("disconnect-preview");
        preview.getStyleClass().add(Styles.ACCENT);
        preview.setDefaultButton(true);
        preview.setOnAction(_ -> submit(offer));
        getChildren()
                .addAll(
                        which,
                        new VBox(8, comeBack, stayAway),
                        Drawer.field(text("connections.form.pace"), pace),
                        Drawer.field(text("connections.form.cap"), cap),
                        Drawer.field(text("connections.form.close-reason"), closeReason),
                        Drawer.field(text("connections.form.code"), code),
                        problem,
                        preview,
                        Drawer.sentence(text("connections.form.note"), Styles.TEXT_MUTED, Styles.TEXT_SMALL));
        reset();
    }

    /// Begins anew, for others.
    void begin(Selection next) {
        selection = next;
        which.setText(
                switch (next) {
                    case Selection.Chosen chosen
                    when chosen.ids().size() == 1 ->
                        text("connections.form.one", chosen.ids().getFirst());
                    case Selection.Chosen chosen ->
                        text(
                                "connections.form.chosen",
                                Formats.count(chosen.ids().size()));
                    case Selection.Matching matching when matching.query().isBlank() -> text("connections.form.all");
                    case Selection.Matching matching -> text("connections.form.matching", matching.query());
                    case Selection.InGroup group ->
                        text("connections.form.group", group.by().title(), group.key());
                });
        reset();
    }

    private void reset() {
        comeBack.setSelected(true);
        boolean one =
                selection instanceof Selection.Chosen chosen && chosen.ids().size() == 1;
        pace.setText(one ? "" : Formats.number(DisconnectForm.GENTLE.perSecond()));
        cap.clear();
        code.clear();
        closeReason.clear();
        tell("");
    }

    private void submit(BiConsumer<Selection, DisconnectForm> offer) {
        try {
            DisconnectForm form = new DisconnectForm(
                    comeBack.isSelected(),
                    number(code, "connections.disconnect.bad-code"),
                    closeReason.getText().strip(),
                    decimal(pace, "connections.disconnect.bad-pace"),
                    number(cap, "connections.disconnect.bad-cap"));
            tell("");
            offer.accept(selection, form);
        } catch (IllegalArgumentException e) {
            tell(String.valueOf(e.getMessage()));
        }
    }

    private void tell(String sentence) {
        problem.setText(sentence);
        problem.setVisible(!sentence.isEmpty());
        problem.setManaged(!sentence.isEmpty());
    }

    private static int number(TextField field, String otherwise) {
        double value = decimal(field, otherwise);
        if (value != Math.rint(value) || value > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(text(otherwise));
        }
        return (int) value;
    }

    private static double decimal(TextField field, String otherwise) {
        String written = field.getText().strip().replace(",", "");
        if (written.isEmpty()) {
            return 0;
        }
        if (!written.matches("\\d{1,9}(\\.\\d{1,3})?")) {
            throw new IllegalArgumentException(text(otherwise));
        }
        return Double.parseDouble(written);
    }
}
