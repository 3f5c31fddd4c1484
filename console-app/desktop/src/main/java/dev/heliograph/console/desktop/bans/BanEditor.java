package dev.heliograph.console.desktop.bans;

import static dev.heliograph.console.text.Messages.text;

import atlantafx.base.theme.Styles;
import dev.heliograph.console.bans.BanForm;
import dev.heliograph.console.bans.BanForm.Field;
import dev.heliograph.console.bans.BanForm.Kind;
import dev.heliograph.console.bans.BanWish;
import dev.heliograph.console.bans.BansModel;
import dev.heliograph.console.bans.Cidr;
import dev.heliograph.console.bans.Expiry;
import dev.heliograph.console.desktop.ui.Commander;
import dev.heliograph.console.desktop.ui.Fx;
import dev.heliograph.console.desktop.ui.form.FormField;
import dev.heliograph.console.desktop.ui.form.SidePanel;
import dev.heliograph.console.value.Watch;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import javafx.animation.PauseTransition;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import javafx.util.Duration;
import javafx.util.StringConverter;

/// The form of a rule: tells what is wrong with each field while it is written, and who would be hit.
final class BanEditor extends SidePanel {

    /// So long after the last key the cluster is asked.
    private static final Duration PAUSE = Duration.millis(350);

    private final BansModel model;
    private final Commander commander;
    private final ComboBox<Kind> kind = new ComboBox<>();
    private final TextField whom = new TextField();
    private final TextField before = new TextField();
    private final ComboBox<String> expiry = new ComboBox<>();
    private final TextField reason = new TextField();
    private final Map<Field, FormField> fields = new EnumMap<>(Field.class);
    private final OutlookView outlook = new OutlookView();
    private final PauseTransition pause = new PauseTransition(PAUSE);
    private final Button review;
    private final Watch watch;

    BanEditor(BansModel model, Commander commander, Runnable close) {
        super("ban-editor", text("bans.editor.new"), close);
        this.model = model;
        this.commander = commander;
        kind.getItems().setAll(Kind.values());
        kind.setConverter(titles());
        kind.setMaxWidth(Double.MAX_VALUE);
        expiry.setEditable(true);
        expiry.getEditor().setId("ban-expiry-text");
        expiry.getItems()
                .setAll(Arrays.stream(Expiry.values()).map(Expiry::text).toList());
        whom.getStyleClass().add("mono");
        before.getStyleClass().add("mono");
        fields.put(Field.WHOM, new FormField(text("bans.editor.network"), whom).id("ban-whom"));
        fields.put(
                Field.BEFORE,
                new FormField(text("bans.editor.before"), before)
                        .id("ban-before")
                        .prompt("2026-01-31 18:00")
                        .hint(text("bans.editor.before.hint")));
        fields.put(
                Field.EXPIRY,
                new FormField(text("bans.editor.expiry"), expiry)
                        .id("ban-expiry")
                        .hint(text("bans.editor.expiry.hint")));
        fields.put(
                Field.REASON,
                new FormField(text("bans.editor.reason"), reason)
                        .id("ban-reason")
                        .hint(text("bans.editor.reason.hint")));
        content().getChildren().add(new FormField(text("bans.editor.kind"), kind).id("ban-kind"));
        content().getChildren().addAll(fields.values());
        content().getChildren().add(outlook);
        button("ban-cancel", text("bans.editor.cancel"), close);
        review = button("ban-review", text("bans.editor.review"), this::review);
        review.getStyleClass().add(Styles.ACCENT);
        review.setDefaultButton(true);
        kind.valueProperty().subscribe(_ -> changed());
        whom.textProperty().subscribe(_ -> changed());
        before.textProperty().subscribe(_ -> changed());
        expiry.getEditor().textProperty().subscribe(_ -> changed());
        reason.textProperty().subscribe(_ -> check());
        pause.setOnFinished(_ -> model.preview(form()));
        watch = Fx.show(model.outlook(), outlook::show);
        edit(BanForm.empty(Kind.BAN), false);
    }

    private static StringConverter<Kind> titles() {
        return new StringConverter<>() {
            @Override
            public String toString(Kind value) {
                return value == null ? "" : value.title();
            }

            @Override
            public Kind fromString(String title) {
                throw new UnsupportedOperationException("it is chosen, not written");
            }
        };
    }

    /// @param there whether it is a rule that is there
    void edit(BanForm form, boolean there) {
        title(text(there ? "bans.editor.change" : "bans.editor.new"));
        kind.setDisable(there && !form.kind().isForAddresses());
        whom.setDisable(there);
        kind.setValue(form.kind());
        whom.setText(form.whom());
        before.setText(form.before());
        expiry.getEditor().setText(form.expiry());
        reason.setText(form.reason());
        changed();
    }

    private BanForm form() {
        return new BanForm(
                kind.getValue() == null ? Kind.BAN : kind.getValue(),
                whom.getText(),
                before.getText(),
                expiry.getEditor().getText(),
                reason.getText());
    }

    private void changed() {
        Kind now = form().kind();
        boolean address = now.isForAddresses();
        field(Field.WHOM)
                .label(text(
                        address ? "bans.editor.network" : now == Kind.TOKEN ? "bans.editor.jti" : "bans.editor.user"));
        field(Field.WHOM).hint(address ? size() : "");
        whom.setPromptText(address ? "203.0.113.0/24" : "");
        field(Field.BEFORE).shown(now == Kind.TOKENS);
        check();
        model.endPreview();
        pause.playFromStart();
    }

    private String size() {
        try {
            return whom.getText().isBlank() ? "" : Cidr.parse(whom.getText()).size();
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    private FormField field(Field which) {
        FormField field = fields.get(which);
        if (field == null) {
            throw new IllegalStateException(which + " has no field");
        }
        return field;
    }

    private void check() {
        Map<Field, String> problems = form().problems(model.clock().instant());
        fields.forEach((field, shown) -> {
            // Nobody has to be told of an empty field before it was filled.
            boolean untouched = field == Field.WHOM && whom.getText().isEmpty();
            shown.problem(untouched ? Optional.empty() : Optional.ofNullable(problems.get(field)));
        });
        review.setDisable(!problems.isEmpty());
    }

    private void review() {
        Optional<BanWish> wish = form().wish(model.clock().instant());
        wish.ifPresent(each -> commander.offer(
                text("bans.preparing", each.target().title()),
                () -> model.proposals().put(each)));
    }

    @Override
    public void requestFocus() {
        (whom.isDisabled() ? expiry : whom).requestFocus();
    }

    void close() {
        pause.stop();
        watch.close();
    }
}
