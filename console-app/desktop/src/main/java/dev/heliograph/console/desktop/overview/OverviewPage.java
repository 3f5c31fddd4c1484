package dev.heliograph.console.desktop.overview;

import static dev.heliograph.console.text.Messages.text;

import atlantafx.base.theme.Styles;
import dev.heliograph.console.desktop.ui.Action;
import dev.heliograph.console.desktop.ui.Fx;
import dev.heliograph.console.desktop.ui.Page;
import dev.heliograph.console.desktop.ui.StateView;
import dev.heliograph.console.desktop.ui.ViewState;
import dev.heliograph.console.desktop.ui.form.SegmentedChoice;
import dev.heliograph.console.overview.Charts;
import dev.heliograph.console.overview.OverviewModel;
import dev.heliograph.console.overview.OverviewState;
import dev.heliograph.console.overview.Range;
import dev.heliograph.console.text.Times;
import dev.heliograph.console.value.Watch;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// How the cluster does: its figures now, its nodes, and charts of the last five seconds to 24 hours.
public final class OverviewPage implements Page {

    private final OverviewModel model;
    private final StackPane root = new StackPane();
    private final ScrollPane scroll;
    private final StateView state = new StateView();
    private final Headline headline = new Headline();
    private final NodeTiles nodes;
    private final ChartGrid charts = new ChartGrid();
    private final SegmentedChoice<Range> range;
    private final SegmentedChoice<Boolean> split;
    private final Label source = new Label();
    private final HBox trouble;
    private final Label troubleText = new Label();
    private final List<Watch> watches = new ArrayList<>();
    private final List<Action> actions = new ArrayList<>();

    /// @param open shows the connections of a node, by its name
    public OverviewPage(OverviewModel model, Consumer<String> open, Clock clock) {
        Fx.checkThread();
        this.model = model;
        this.nodes = new NodeTiles(open, clock);
        this.range = new SegmentedChoice<>(
                text("overview.range"), List.of(Range.values()), each -> text("overview.range." + each.word()));
        range.setId("range");
        range.choose(model.charts().get().range());
        range.onChoice(model::range);
        this.split = new SegmentedChoice<>(
                text("overview.split"),
                List.of(false, true),
                each -> text(each ? "overview.split.nodes" : "overview.split.cluster"));
        split.setId("split");
        split.choose(model.charts().get().byNode());
        split.onChoice(model::byNode);
        source.setId("source");
        source.getStyleClass().addAll(Styles.TEXT_MUTED, Styles.TEXT_SMALL);
        this.trouble = trouble();
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        Label legend = new Label(ChartGrid.legend());
        legend.getStyleClass().addAll(Styles.TEXT_MUTED, Styles.TEXT_SMALL);
        HBox bar = new HBox(12, range, split, gap, source);
        bar.setAlignment(Pos.CENTER_LEFT);
        VBox content = new VBox(12, trouble, headline, nodes, bar, legend, charts);
        content.getStyleClass().add("overview");
        scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("edge-to-edge");
        root.setId("overview-page");
        root.getStylesheets()
                .add(Objects.requireNonNull(OverviewPage.class.getResource("overview.css"), "overview.css")
                        .toExternalForm());
        root.getChildren().addAll(scroll, state);
        watches.add(Fx.show(model.state(), this::show));
        watches.add(Fx.show(model.charts(), this::show));
        addActions();
    }

    private HBox trouble() {
        troubleText.setId("overview-trouble");
        troubleText.setWrapText(true);
        HBox.setHgrow(troubleText, Priority.ALWAYS);
        troubleText.setMaxWidth(Double.MAX_VALUE);
        Button retry = new Button(text("overview.retry"));
        retry.setId("overview-retry");
        retry.setMinWidth(Region.USE_PREF_SIZE);
        retry.setOnAction(_ -> model.retry());
        HBox box = new HBox(12, troubleText, retry);
        box.setAlignment(Pos.CENTER_LEFT);
        box.getStyleClass().add("overview-trouble");
        return box;
    }

    private void addActions() {
        int key = 1;
        for (Range each : Range.values()) {
            actions.add(Action.of(
                    "overview.range." + each.word(),
                    text("overview.action.range", text("overview.range." + each.word())),
                    Integer.toString(key++),
                    () -> {
                        range.choose(each);
                        model.range(each);
                    }));
        }
        actions.add(Action.of("overview.split", text("overview.action.split"), "N", () -> {
            boolean next = !split.chosen();
            split.choose(next);
            model.byNode(next);
        }));
        actions.add(Action.of("overview.refresh", text("overview.action.refresh"), "R", model::retry));
    }

    private void show(OverviewState next) {
        if (next.at().isEmpty()) {
            state.show(
                    next.problem().isPresent()
                            ? ViewState.failed(next.problem().get(), model::retry)
                            : new ViewState.Loading(text("overview.loading"), Optional.empty()));
            scroll.setVisible(false);
            return;
        }
        state.show(ViewState.ready());
        scroll.setVisible(true);
        headline.show(next.cluster());
        nodes.show(next.nodes());
        tell();
    }

    private void show(Charts next) {
        charts.show(next);
        source.setText(
                next.source() == Charts.Source.PROMETHEUS
                        ? text("overview.source.prometheus")
                        : next.since()
                                .filter(since -> since.isAfter(next.from()))
                                .map(since -> text("overview.source.since", Times.clock(since)))
                                .orElse(""));
        tell();
    }

    private void tell() {
        String sentence = model.state()
                .get()
                .problem()
                .or(() -> model.charts().get().problem())
                .orElse("");
        troubleText.setText(sentence);
        trouble.setVisible(!sentence.isEmpty());
        trouble.setManaged(!sentence.isEmpty());
    }

    @Override
    public Parent view() {
        return root;
    }

    @Override
    public void shown() {
        model.looked(true);
    }

    @Override
    public void hidden() {
        model.looked(false);
    }

    @Override
    public void focus() {
        range.requestFocus();
    }

    @Override
    public List<Action> actions() {
        return List.copyOf(actions);
    }

    @Override
    public void close() {
        watches.forEach(Watch::close);
        model.looked(false);
    }
}
