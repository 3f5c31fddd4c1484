package dev.heliograph.console.desktop.connect;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.cluster.Colour;
import dev.heliograph.console.cluster.Environment;
import dev.heliograph.console.cluster.Profile;
import dev.heliograph.console.cluster.ProfileForm;
import dev.heliograph.console.cluster.ProfileForm.Field;
import dev.heliograph.console.cluster.ProfileForm.Tls;
import dev.heliograph.console.desktop.ui.file.FileDialogs;
import dev.heliograph.console.desktop.ui.file.FileKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// Adds or edits a cluster. What is wrong is said below its field: when it is to be saved, and from then on
/// at once.
final class ClusterForm {

    private final Function<ProfileForm, ProfileForm.Checked> check;
    private final FileDialogs files;
    private final Map<Field, Label> errors = new EnumMap<>(Field.class);
    private final TextField name = new TextField();
    private final TextArea addresses = new TextArea();
    private final ComboBox<Environment> environment = new ComboBox<>();
    private final ComboBox<Colour> colour = new ComboBox<>();
    private final ComboBox<Tls> tls = new ComboBox<>();
    private final TextField authority = new TextField();
    private final TextField prometheus = new TextField();
    private final TextField matchers = new TextField();
    private final TextField alertmanager = new TextField();
    private final HBox clear = Parts.warning("form-clear", "");
    private final VBox view;
    private boolean tried;

    /// @param edited the cluster that is edited, if it is no new one
    /// @param save   is given one that is right
    /// @param files  asks for the certificates of an authority
    ClusterForm(
            Optional<Profile> edited,
            Function<ProfileForm, ProfileForm.Checked> check,
            Consumer<Profile> save,
            FileDialogs files,
            Runnable cancel) {
        this.check = check;
        this.files = files;
        ProfileForm form = edited.map(ProfileForm::of).orElse(ProfileForm.EMPTY);
        ids();
        choices();
        name.setText(form.name());
        addresses.setText(form.addresses());
        environment.setValue(form.environment());
        colour.setValue(form.colour());
        tls.setValue(form.tls());
        authority.setText(form.authority());
        prometheus.setText(form.prometheus());
        matchers.setText(form.matchers());
        alertmanager.setText(form.alertmanager());
        addresses.setPrefRowCount(3);
        clear.getChildren().setAll(clear.getChildren().getFirst(), Parts.sentence(text("connect.clear.form")));

        VBox authorityBox = Parts.named(text("connect.form.authority"), authority, error(Field.AUTHORITY));
        // The field goes from the box into the line that it shares with its button.
        HBox file = new HBox(
                8,
                authority,
                Parts.button("form-authority-choose", text("connect.form.authority.choose"), this::choose));
        HBox.setHgrow(authority, Priority.ALWAYS);
        authorityBox.getChildren().add(1, file);
        authorityBox.managedProperty().bind(authorityBox.visibleProperty());
        tls.valueProperty().subscribe(chosen -> authorityBox.setVisible(chosen == Tls.AUTHORITY));

        HBox looks = new HBox(
                16,
                Parts.named(text("connect.form.environment"), environment),
                Parts.named(text("connect.form.colour"), colour));
        view = Parts.pane(
                "cluster-form",
                Parts.title(edited.map(profile -> text("connect.form.edit", profile.name()))
                        .orElseGet(() -> text("connect.form.new"))),
                Parts.named(text("connect.form.name"), name, error(Field.NAME)),
                Parts.named(
                        text("connect.form.addresses"),
                        addresses,
                        Parts.muted(text("connect.form.addresses.hint")),
                        error(Field.ADDRESSES),
                        clear),
                looks,
                Parts.named(text("connect.form.tls"), tls),
                authorityBox,
                Parts.named(text("connect.form.prometheus"), prometheus, error(Field.PROMETHEUS)),
                Parts.named(
                        text("connect.form.matchers"),
                        matchers,
                        Parts.muted(text("connect.form.matchers.hint")),
                        error(Field.MATCHERS)),
                Parts.named(text("connect.form.alertmanager"), alertmanager, error(Field.ALERTMANAGER)),
                Parts.buttons(
                        Parts.primary("form-save", text("connect.form.save"), () -> save(save)),
                        Parts.button("form-cancel", text("connect.cancel"), cancel)));
        name.textProperty().subscribe(this::look);
        addresses.textProperty().subscribe(this::look);
        tls.valueProperty().subscribe(this::look);
        authority.textProperty().subscribe(this::look);
        prometheus.textProperty().subscribe(this::look);
        matchers.textProperty().subscribe(this::look);
        alertmanager.textProperty().subscribe(this::look);
        look();
        Platform.runLater(name::requestFocus);
    }

    Node view() {
        return view;
    }

    private void ids() {
        name.setId("form-name");
        addresses.setId("form-addresses");
        environment.setId("form-environment");
        colour.setId("form-colour");
        tls.setId("form-tls");
        authority.setId("form-authority");
        prometheus.setId("form-prometheus");
        matchers.setId("form-matchers");
        alertmanager.setId("form-alertmanager");
    }

    private void choices() {
        environment.getItems().setAll(Environment.values());
        environment.setConverter(new Words<>(Environment::label));
        colour.getItems().setAll(Colour.values());
        colour.setCellFactory(_ -> new ColourCell());
        colour.setButtonCell(new ColourCell());
        tls.getItems().setAll(Tls.values());
        tls.setConverter(
                new Words<>(chosen -> text("connect.form.tls." + chosen.name().toLowerCase(java.util.Locale.ROOT))));
        tls.setMaxWidth(Double.MAX_VALUE);
    }

    private ProfileForm form() {
        return new ProfileForm(
                name.getText(),
                addresses.getText(),
                colour.getValue(),
                environment.getValue(),
                tls.getValue(),
                authority.getText(),
                prometheus.getText(),
                matchers.getText(),
                alertmanager.getText());
    }

    private void save(Consumer<Profile> save) {
        tried = true;
        look();
        check.apply(form()).profile().ifPresent(save);
    }

    private void look() {
        ProfileForm.Checked checked = check.apply(form());
        clear.setVisible(checked.profile().filter(Profile::sendsTokenInTheClear).isPresent());
        errors.forEach((field, label) -> {
            String sentence = tried ? checked.errors().getOrDefault(field, "") : "";
            label.setText(sentence);
            label.setVisible(!sentence.isEmpty());
        });
    }

    private Label error(Field field) {
        Label label = Parts.sentence("");
        label.setId("form-error-" + field.name().toLowerCase(java.util.Locale.ROOT));
        label.getStyleClass().add("danger");
        label.setStyle("-fx-text-fill: -color-danger-fg");
        label.setVisible(false);
        label.managedProperty().bind(label.visibleProperty());
        errors.put(field, label);
        return label;
    }

    private void choose() {
        files.open(FileKind.CERTIFICATES).ifPresent(file -> authority.setText(file.toString()));
    }

    private static final class ColourCell extends ListCell<Colour> {
        @Override
        protected void updateItem(@Nullable Colour colour, boolean empty) {
            super.updateItem(colour, empty);
            setText(colour == null || empty ? null : colour.label());
            setGraphic(colour == null || empty ? null : Parts.spot(colour));
        }
    }

    private static final class Words<T> extends StringConverter<T> {
        private final Function<T, String> words;

        Words(Function<T, String> words) {
            this.words = words;
        }

        @Override
        public String toString(@Nullable T value) {
            return value == null ? "" : words.apply(value);
        }

        @Override
        public T fromString(String text) {
            throw new UnsupportedOperationException("nothing is typed here");
        }
    }
}
