package dev.heliograph.console.desktop.capacity;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.capacity.Plan;
import dev.heliograph.capacity.Resource;
import dev.heliograph.console.capacity.PlanTexts;
import dev.heliograph.console.desktop.ui.Status;
import dev.heliograph.console.desktop.ui.StatusPill;
import dev.heliograph.console.desktop.ui.Tone;
import dev.heliograph.console.text.Formats;
import java.util.List;
import javafx.geometry.HPos;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/// What each relay uses of each resource, and how near that is to what it may use; the one that binds is
/// marked.
final class ResourceTable extends GridPane {

    private static final double BAR = 96;

    ResourceTable() {
        super(16, 6);
        setId("plan-resources");
        ColumnConstraints name = new ColumnConstraints();
        name.setHgrow(Priority.ALWAYS);
        ColumnConstraints together = new ColumnConstraints();
        together.setHalignment(HPos.RIGHT);
        getColumnConstraints().addAll(name, new ColumnConstraints(), new ColumnConstraints(), together);
    }

    void show(Plan plan) {
        getChildren().clear();
        addRow(
                0,
                head("capacity.column.resource"),
                head("capacity.column.used"),
                head("capacity.column.allowed"),
                head("capacity.column.together"));
        List<Resource> resources = plan.resources();
        for (int i = 0; i < resources.size(); i++) {
            Resource each = resources.get(i);
            addRow(
                    i + 1,
                    name(each, each.name().equals(plan.binding())),
                    cell(PlanTexts.used(each)),
                    share(each),
                    cell(PlanTexts.together(plan, each).orElse("")));
        }
    }

    private static Node name(Resource resource, boolean binds) {
        HBox box = new HBox(8, cell(PlanTexts.resource(resource.name())));
        box.setAlignment(Pos.CENTER_LEFT);
        if (binds) {
            StatusPill pill = new StatusPill(Status.of(text("capacity.binding"), Tone.INFO));
            pill.setId("plan-binding");
            box.getChildren().add(pill);
        }
        return box;
    }

    private static Node share(Resource resource) {
        ProgressBar bar = new ProgressBar(Math.min(1, resource.ofAllowed()));
        bar.setPrefWidth(BAR);
        bar.setMinWidth(BAR / 2);
        HBox box = new HBox(8, bar, cell(Formats.percent(resource.ofAllowed())));
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }

    private static Label head(String key) {
        Label label = cell(text(key));
        label.getStyleClass().add("hint");
        return label;
    }

    private static Label cell(String words) {
        Label label = new Label(words);
        label.setMinWidth(USE_PREF_SIZE);
        return label;
    }
}
