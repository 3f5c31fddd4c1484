package dev.heliograph.console.desktop.limits;

import static dev.heliograph.console.text.Messages.text;

import atlantafx.base.theme.Styles;
import dev.heliograph.console.bans.BanTexts;
import dev.heliograph.console.desktop.ui.Fx;
import dev.heliograph.console.desktop.ui.Tone;
import dev.heliograph.console.desktop.ui.form.FormField;
import dev.heliograph.console.desktop.ui.form.Notice;
import dev.heliograph.console.desktop.ui.form.SidePanel;
import dev.heliograph.console.limits.LimitForm;
import dev.heliograph.console.limits.LimitForm.Field;
import dev.heliograph.console.limits.LimitTexts;
import dev.heliograph.console.limits.LimitsModel;
import dev.heliograph.console.text.Formats;
import dev.heliograph.console.value.Loaded;
import dev.heliograph.console.value.Watch;
import dev.heliograph.console.wire.LimitMode;
import dev.heliograph.console.wire.LimitOperation;
import dev.heliograph.console.wire.LimitScope;
import dev.heliograph.console.wire.PreviewView;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import javafx.animation.PauseTransition;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.util.Duration;
import javafx.util.StringConverter;

/// The form of a limit: what is wrong with each field, and whom it would be for; then it is staged.
final class LimitEditor extends SidePanel {

    /// So long after the last key the cluster is asked.
    private static final Duration PAUSE = Duration.millis(350);

    private final LimitsModel model;
    private final TextField name = field("limit-name", "per-user-publish");
    private final ComboBox<LimitOperation> operation = choice("limit-operation", LimitTexts::operation);
    private final ComboBox<LimitScope> scope = choice("limit-scope", LimitTexts::scope);
    private final ComboBox<LimitMode> mode = choice("limit-mode", LimitTexts::mode);
    private final TextField rate = field("limit-rate", "5");
    private final TextField burst = field("limit-burst", "20");
    private final TextField max = field("limit-max", "2");
    private final TextField user = field("limit-user", "bot-*");
    private final TextField cidr = field("limit-cidr", "198.51.100.0/24");
    private final TextField namespace = field("limit-namespace", "chat");
    private final TextField channel = field("limit-channel", "chat:*");
    private final TextField order = field("limit-order", "0");
    private final Map<Field, FormField> fields = new EnumMap<>(Field.class);
    private final FormField namespaceField = new FormField(text("limits.form.namespace"), namespace);
    private final Label outlook = new Label();
    private final Label examples = new Label();
    private final Notice failed = new Notice(Tone.WARNING);
    private final PauseTransition pause = new PauseTransition(PAUSE);
    private final Button stage;
    private final Watch watch;

    LimitEditor(LimitsModel model, Runnable close) {
        super("limit-editor", text("limits.new"), close);
        this.model = model;
        operation.getItems().setAll(EnumSet.complementOf(EnumSet.of(LimitOperation.UNKNOWN)));
        mode.getItems().setAll(EnumSet.complementOf(EnumSet.of(LimitMode.UNKNOWN)));
        add(Field.NAME, "limits.form.name", name);
        add(Field.SCOPE, "limits.form.scope", scope);
        add(Field.RATE, "limits.form.rate", rate);
        add(Field.BURST, "limits.form.burst", burst);
        add(Field.MAX, "limits.form.max", max);
        add(Field.USER, "limits.form.user", user);
        add(Field.CIDR, "limits.form.cidr", cidr);
        add(Field.CHANNEL, "limits.form.channel", channel);
        add(Field.ORDER, "limits.form.order", order);
        Label whom = new Label(text("limits.form.whom"));
        whom.getStyleClass().add("part");
        Label part = new Label(text("limits.outlook.title"));
        part.getStyleClass().add("part");
        outlook.setId("limit-outlook");
        outlook.setWrapText(true);
        outlook.setMinHeight(USE_PREF_SIZE);
        examples.getStyleClass().add("hint");
        examples.setWrapText(true);
        examples.setMinHeight(USE_PREF_SIZE);
        content()
                .getChildren()
                .addAll(
                        of(Field.NAME),
                        beside(new FormField(text("limits.form.operation"), operation), of(Field.SCOPE)),
                        beside(of(Field.RATE), of(Field.BURST), of(Field.MAX)),
                        beside(new FormField(text("limits.form.mode"), mode), of(Field.ORDER)),
                        whom,
                        beside(of(Field.USER), of(Field.CIDR)),
                        beside(namespaceField, of(Field.CHANNEL)),
                        part,
                        outlook,
                        examples,
                        failed);
        button("limit-cancel", text("limits.form.cancel"), close);
        stage = button("limit-stage", text("limits.form.stage"), this::stage);
        stage.getStyleClass().add(Styles.ACCENT);
        stage.setDefaultButton(true);
        operation.valueProperty().subscribe(_ -> operationChanged());
        for (ComboBox<?> each : List.of(scope, mode)) {
            each.valueProperty().subscribe(_ -> changed());
        }
        for (TextField each : List.of(name, rate, burst, max, user, cidr, namespace, channel, order)) {
            each.textProperty().subscribe(_ -> changed());
        }
        pause.setOnFinished(_ -> model.preview(form()));
        watch = Fx.show(model.outlook(), this::show);
        edit(LimitForm.empty(), false);
    }

    private static TextField field(String id, String prompt) {
        TextField field = new TextField();
        field.setId(id);
        field.setPromptText(prompt);
        return field;
    }

    private static <T> ComboBox<T> choice(String id, Function<T, String> words) {
        ComboBox<T> box = new ComboBox<>();
        box.setId(id);
        box.setConverter(new StringConverter<>() {
            @Override
            public String toString(T value) {
                return value == null ? "" : words.apply(value);
            }

            @Override
            public T fromString(String title) {
                throw new UnsupportedOperationException("it is chosen, not written");
            }
        });
        return box;
    }

    private void add(Field field, String label, javafx.scene.layout.Region input) {
        fields.put(field, new FormField(text(label), input));
    }

    private FormField of(Field field) {
        return Objects.requireNonNull(fields.get(field));
    }

    private static HBox beside(FormField... all) {
        HBox box = new HBox(8);
        for (Node each : all) {
            HBox.setHgrow(each, Priority.ALWAYS);
            ((FormField) each).setPrefWidth(100);
            each.managedProperty().bind(each.visibleProperty());
        }
        box.getChildren().addAll(all);
        return box;
    }

    /// @param there whether it is a limit that is there
    void edit(LimitForm form, boolean there) {
        title(there ? text("limits.change", form.name()) : text("limits.new"));
        name.setDisable(there);
        name.setText(form.name());
        operation.setValue(form.operation());
        scope.setValue(form.scope());
        user.setText(form.user());
        cidr.setText(form.cidr());
        namespace.setText(form.namespace());
        channel.setText(form.channel());
        rate.setText(form.rate());
        burst.setText(form.burst());
        max.setText(form.max());
        mode.setValue(form.mode());
        order.setText(form.order());
        changed();
    }

    private LimitForm form() {
        return new LimitForm(
                name.getText().strip(),
                operation.getValue() == null ? LimitOperation.PUBLISH : operation.getValue(),
                scope.getValue() == null ? LimitScope.NODE : scope.getValue(),
                user.getText(),
                cidr.getText(),
                namespace.getText(),
                channel.getText(),
                rate.getText(),
                burst.getText(),
                max.getText(),
                mode.getValue() == null ? LimitMode.DRY_RUN : mode.getValue(),
                order.getText().strip());
    }

    private void operationChanged() {
        LimitOperation now = form().operation();
        LimitScope before = scope.getValue();
        scope.getItems().setAll(LimitForm.scopes(now));
        scope.setValue(
                before != null && LimitForm.scopes(now).contains(before)
                        ? before
                        : scope.getItems().getFirst());
        boolean counts = now == LimitOperation.CONNECTIONS;
        of(Field.RATE).setVisible(!counts);
        of(Field.BURST).setVisible(!counts);
        of(Field.MAX).setVisible(counts);
        of(Field.RATE).label(text(now == LimitOperation.BYTES_IN ? "limits.form.bytes" : "limits.form.rate"));
        boolean channels = LimitForm.hasChannel(now);
        namespaceField.setVisible(channels);
        of(Field.CHANNEL).setVisible(channels);
        if (!channels) {
            namespace.clear();
            channel.clear();
        }
        of(Field.USER).setVisible(now != LimitOperation.HANDSHAKE);
        if (now == LimitOperation.HANDSHAKE) {
            user.clear();
        }
        changed();
    }

    private void changed() {
        Map<Field, String> problems = form().problems();
        fields.forEach((field, shown) ->
                shown.problem(isUntouched(field) ? Optional.empty() : Optional.ofNullable(problems.get(field))));
        stage.setDisable(!problems.isEmpty());
        pause.playFromStart();
    }

    /// Nobody has to be told of an empty field before it was filled.
    private boolean isUntouched(Field field) {
        return switch (field) {
            case NAME -> name.getText().isEmpty();
            case RATE -> rate.getText().isEmpty();
            case MAX -> max.getText().isEmpty();
            case SCOPE, USER, CIDR, CHANNEL, BURST, ORDER -> false;
        };
    }

    private void show(Loaded<LimitsModel.Outlook> loaded) {
        failed.say(loaded.problem().orElse(""));
        outlook.getStyleClass().setAll("label", loaded.data().isPresent() ? "number" : "hint");
        outlook.setText(loaded.data()
                .map(LimitEditor::sentence)
                .orElseGet(() -> text(loaded.loading() ? "limits.outlook.counting" : "limits.outlook.nothing")));
        examples.setText(loaded.data()
                .map(LimitsModel.Outlook::preview)
                .filter(preview -> !preview.examples().isEmpty())
                .map(BanTexts::examples)
                .orElse(""));
    }

    private static String sentence(LimitsModel.Outlook told) {
        String whom = text("limits.outlook.for", told.blast().sentence());
        return told.preview().hit() == 0
                ? whom
                : text(
                        "limits.outlook.beyond",
                        whom,
                        Formats.count(told.preview().hit()));
    }

    private void stage() {
        LimitForm form = form();
        PreviewView preview =
                model.outlook().get().data().map(LimitsModel.Outlook::preview).orElse(new PreviewView(0, 0, List.of()));
        form.wish().ifPresent(wish -> model.stage(form.name(), wish, preview));
    }

    @Override
    public void requestFocus() {
        (name.isDisabled() ? rate : name).requestFocus();
    }

    void close() {
        pause.stop();
        watch.close();
    }
}
