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
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// Adds or edits a cluster. What is wrong is said below its field: when it is to be saved, and from then on
/// at once.
final class ClusterForm {

    /// A field and its name.
    private static final double ABOVE = 64;

    private final Function<ProfileForm, ProfileForm.Checked> check;
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
    private final TextField inventory = new TextField();
    private final TextField playbooks = new TextField();
    private final HBox clear = Parts.warning("form-clear", "");
    private final ScrollPane scroll;
    private final VBox view;
    private boolean tried;

    /// @param edited the cluster that is edited, if it is no new one
    /// @param save   is given one that is right
    /// @param files  asks for the certificates of an authority, the inventory and the folder of playbooks
    ClusterForm(
            Optional<Profile> edited,
            Function<ProfileForm, ProfileForm.Checked> check,
            Consumer<Profile> save,
            FileDialogs files,
            Runnable cancel) {
        this.check = check;
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
        inventory.setText(form.inventory());
        playbooks.setText(form.playbooks());
        addresses.setPrefRowCount(3);
        clear.getChildren().setAll(clear.getChildren().getFirst(), Parts.sentence(text("connect.clear.form")));

        VBox authorityBox = chosen(
                "connect.form.authority", authority, () -> files.open(FileKind.CERTIFICATES), error(Field.AUTHORITY));
        authorityBox.managedProperty().bind(authorityBox.visibleProperty());
        tls.valueProperty().subscribe(chosen -> authorityBox.setVisible(chosen == Tls.AUTHORITY));

        VBox named = Parts.named(text("connect.form.name"), name, error(Field.NAME));
        HBox.setHgrow(named, Priority.ALWAYS);
        environment.setMinWidth(Region.USE_PREF_SIZE);
        colour.setMinWidth(Region.USE_PREF_SIZE);
        HBox looks = row(
                named,
                Parts.named(text("connect.form.environment"), environment),
                Parts.named(text("connect.form.colour"), colour));
        HBox monitoring = row(
                Parts.named(text("connect.form.prometheus"), prometheus, error(Field.PROMETHEUS)),
                Parts.named(text("connect.form.alertmanager"), alertmanager, error(Field.ALERTMANAGER)));
        monitoring.getChildren().forEach(half -> {
            HBox.setHgrow(half, Priority.ALWAYS);
            // The same for both, whatever is said below them.
            ((VBox) half).setPrefWidth(0);
        });
        VBox fields = new VBox(
                16,
                looks,
                Parts.named(
                        text("connect.form.addresses"),
                        addresses,
                        Parts.muted(text("connect.form.addresses.hint")),
                        error(Field.ADDRESSES),
                        clear),
                Parts.named(text("connect.form.tls"), tls),
                authorityBox,
                monitoring,
                Parts.named(
                        text("connect.form.matchers"),
                        matchers,
                        Parts.muted(text("connect.form.matchers.hint")),
                        error(Field.MATCHERS)),
                chosen(
                        "connect.form.inventory",
                        inventory,
                        () -> files.open(FileKind.INVENTORY),
                        Parts.muted(text("connect.form.inventory.hint")),
                        error(Field.INVENTORY)),
                chosen("connect.form.playbooks", playbooks, files::folder, error(Field.PLAYBOOKS)));
        scroll = scrolling(fields);
        view = Parts.pane(
                "cluster-form",
                Parts.title(edited.map(profile -> text("connect.form.edit", profile.name()))
                        .orElseGet(() -> text("connect.form.new"))),
                scroll,
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
        inventory.textProperty().subscribe(this::look);
        playbooks.textProperty().subscribe(this::look);
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
        inventory.setId("form-inventory");
        playbooks.setId("form-playbooks");
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
                alertmanager.getText(),
                inventory.getText(),
                playbooks.getText());
    }

    private void save(Consumer<Profile> save) {
        tried = true;
        look();
        check.apply(form()).profile().ifPresentOrElse(save, this::revealError);
    }

    /// The first sentence on what is wrong comes into sight.
    private void revealError() {
        view.applyCss();
        view.layout();
        errors.entrySet().stream()
                .filter(error -> error.getValue().isVisible())
                .min(Map.Entry.comparingByKey())
                .ifPresent(error -> reveal(error.getValue()));
    }

    private void reveal(Node node) {
        Node fields = scroll.getContent();
        double place =
                fields.sceneToLocal(node.localToScene(node.getBoundsInLocal())).getMinY();
        double hidden = fields.getBoundsInLocal().getHeight()
                - scroll.getViewportBounds().getHeight();
        // With the field above it.
        scroll.setVvalue(hidden <= 0 ? 0 : Math.clamp((place - ABOVE) / hidden, 0, 1));
    }

    private void look() {
        ProfileForm.Checked checked = check.apply(form());
        playbooks.setPromptText(ProfileForm.playbooksAbove(inventory.getText())
                .map(Path::toString)
                .orElse(text("connect.form.playbooks.prompt")));
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

    private static HBox row(Node... boxes) {
        return new HBox(16, boxes);
    }

    /// The buttons below stay in sight.
    private static ScrollPane scrolling(VBox fields) {
        // Beside the bar that scrolls.
        fields.setPadding(new Insets(0, 12, 0, 0));
        ScrollPane scroll = new ScrollPane(fields);
        // Sentences that wrap have their height only in a width.
        scroll.prefViewportHeightProperty().bind(fields.heightProperty());
        scroll.setMaxHeight(Region.USE_PREF_SIZE);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("edge-to-edge");
        VBox.setVgrow(scroll, Priority.SOMETIMES);
        return scroll;
    }

    /// A field for a path, with a button that asks for it.
    private static VBox chosen(String key, TextField field, Supplier<Optional<Path>> ask, Node... below) {
        VBox box = Parts.named(text(key), field, below);
        // The field goes from the box into the line that it shares with its button.
        HBox line = new HBox(
                8,
                field,
                Parts.button(
                        field.getId() + "-choose",
                        text("connect.form.choose"),
                        () -> ask.get().ifPresent(path -> field.setText(path.toString()))));
        HBox.setHgrow(field, Priority.ALWAYS);
        box.getChildren().add(1, line);
        return box;
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
