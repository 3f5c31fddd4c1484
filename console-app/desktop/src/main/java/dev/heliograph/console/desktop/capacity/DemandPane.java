package dev.heliograph.console.desktop.capacity;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.capacity.DemandInput;
import dev.heliograph.capacity.Guarantee;
import dev.heliograph.console.capacity.PlanForm;
import dev.heliograph.console.capacity.PlanTexts;
import dev.heliograph.console.desktop.ui.form.FormField;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/// The form of a load: tells of each change, and says what is wrong with each field.
final class DemandPane extends BorderPane {

    /// Two fields side by side, and room for the plan in a window of 1,000 pixels.
    private static final double WIDTH = 296;

    private static final double FIELD = 120;

    private final Map<DemandInput, TextField> fields = new EnumMap<>(DemandInput.class);
    private final Map<DemandInput, FormField> framed = new EnumMap<>(DemandInput.class);
    private final ComboBox<Guarantee> guarantee = new ComboBox<>();

    /// @param changed is given what becomes of the form
    DemandPane(Consumer<UnaryOperator<PlanForm>> changed) {
        setId("plan-form");
        getStyleClass().add("plan-form");
        setPrefWidth(WIDTH);
        setMinWidth(WIDTH);
        for (DemandInput input : DemandInput.values()) {
            TextField field = new TextField();
            Tooltip about = new Tooltip(text("capacity.about." + input.key()));
            field.setTooltip(about);
            field.setAccessibleHelp(about.getText());
            field.textProperty().subscribe((_, next) -> changed.accept(form -> form.with(input, next)));
            fields.put(input, field);
            framed.put(input, new FormField(PlanTexts.title(input), field).id("plan-" + input.key()));
        }
        guarantee.getItems().setAll(Guarantee.values());
        guarantee.setConverter(new StringConverter<>() {
            @Override
            public String toString(Guarantee value) {
                return value == null ? "" : PlanTexts.title(value);
            }

            @Override
            public Guarantee fromString(String title) {
                throw new UnsupportedOperationException("it is chosen, not written");
            }
        });
        guarantee.valueProperty().subscribe((_, next) -> {
            if (next != null) {
                changed.accept(form -> form.with(next));
            }
        });
        VBox content = new VBox(
                10,
                part("capacity.part.load"),
                beside(of(DemandInput.CONNECTIONS), of(DemandInput.CHANNELS)),
                beside(of(DemandInput.PUBLISH_RATE), of(DemandInput.PAYLOAD_BYTES)),
                beside(of(DemandInput.FAN_OUT), of(DemandInput.CONNECT_RATE)),
                beside(of(DemandInput.PING_SECONDS), of(DemandInput.GROWTH)),
                part("capacity.part.promise"),
                new FormField(text("capacity.guarantee"), guarantee).id("plan-guarantee"),
                beside(of(DemandInput.LATENCY_MS), of(DemandInput.PRESENCE_SHARE)),
                beside(of(DemandInput.HISTORY_SIZE), of(DemandInput.HISTORY_SECONDS)),
                part("capacity.part.spare"),
                beside(of(DemandInput.FAILURES), of(DemandInput.TARGET_UTILISATION)),
                beside(of(DemandInput.DRAIN_PACE), new VBox()),
                part("capacity.part.machine"),
                beside(of(DemandInput.CORES), of(DemandInput.MEMORY_GIB)),
                beside(of(DemandInput.NETWORK_MBIT), of(DemandInput.PRICE)),
                beside(of(DemandInput.PRICE_PER_GB), new VBox()));
        content.getStyleClass().add("plan-form-content");
        ScrollPane scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("edge-to-edge");
        setCenter(scroll);
    }

    private FormField of(DemandInput input) {
        return Objects.requireNonNull(framed.get(input));
    }

    private static Label part(String key) {
        Label label = new Label(text(key));
        label.getStyleClass().add("plan-part");
        return label;
    }

    private static HBox beside(VBox left, VBox right) {
        HBox box = new HBox(8, left, right);
        for (VBox each : List.of(left, right)) {
            HBox.setHgrow(each, Priority.ALWAYS);
            each.setPrefWidth(FIELD);
            each.setMinWidth(FIELD);
        }
        return box;
    }

    /// Shows what is written, with what is wrong with it. The cursor stays where it is in a field that has
    /// it already.
    void show(PlanForm form) {
        Map<DemandInput, String> problems = form.problems();
        fields.forEach((input, field) -> {
            if (!field.getText().equals(form.text(input))) {
                field.setText(form.text(input));
            }
            of(input).problem(Optional.ofNullable(problems.get(input)));
        });
        guarantee.setValue(form.guarantee());
        boolean keepsNothing = !form.guarantee().keepsHistory();
        of(DemandInput.HISTORY_SIZE).setDisable(keepsNothing);
        of(DemandInput.HISTORY_SECONDS).setDisable(keepsNothing);
    }

    /// The first field takes the keyboard.
    void edit() {
        Node first = Objects.requireNonNull(fields.get(DemandInput.CONNECTIONS));
        first.requestFocus();
    }
}
