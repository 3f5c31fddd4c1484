package dev.heliograph.console.desktop.runbooks;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.desktop.markdown.MarkdownView;
import dev.heliograph.console.desktop.ui.PageHeader;
import dev.heliograph.console.runbooks.RunbooksState.Live;
import dev.heliograph.runbook.Step;
import dev.heliograph.runbook.run.RunState;
import java.util.Optional;
import javafx.geometry.Bounds;
import javafx.geometry.Orientation;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// A runbook that is being worked through: its text on the left, what lives on the right.
final class RunView extends BorderPane {

    /// What the view asks of the page, besides the deeds of its steps.
    interface Owner extends Deed {

        void leave();

        void finish();

        void copyTimeline();

        void saveTimeline();

        /// Gives a variable a value.
        ///
        /// @throws dev.heliograph.runbook.RunbookException if it is none
        void set(String variable, String value);

        void note(String text);
    }

    private final String run;
    private final StepEmbeds embeds;
    private final ScrollPane scroll;
    private final VariablesForm variables;
    private final LivePane live;
    private final TranscriptPane transcript;
    private final Button finish = new Button(text("runbooks.run.finish"), new FontIcon(Feather.CHECK));

    RunView(RunState state, Owner owner) {
        this.run = state.transcript().id();
        this.embeds = new StepEmbeds(state.runbook(), owner);
        MarkdownView document = new MarkdownView(state.runbook().document(), embeds);
        document.setId("runbook-document");
        document.getStyleClass().add("runbook-document");
        // The title stands above it already.
        document.getChildren().removeIf(node -> node.getStyleClass().contains("h1"));
        this.scroll = new ScrollPane(document);
        this.variables = new VariablesForm(state.runbook(), owner::set);
        this.live = new LivePane(state.runbook(), (variable, value) -> {
            owner.set(variable, value);
            fill(variable, value);
        });
        this.transcript = new TranscriptPane(state.runbook(), owner::note);
        getStyleClass().add("run-view");
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("edge-to-edge");

        Label filled = new Label(text("runbooks.variables.title"));
        filled.getStyleClass().add("side-title");
        VBox top = new VBox(filled, variables);
        top.setMinHeight(Region.USE_PREF_SIZE);
        SplitPane lower = new SplitPane(live, transcript);
        lower.setOrientation(Orientation.VERTICAL);
        lower.setDividerPositions(0.5);
        VBox.setVgrow(lower, Priority.ALWAYS);
        VBox side = new VBox(top, lower);
        side.getStyleClass().add("run-side");
        SplitPane split = new SplitPane(scroll, side);
        split.getStyleClass().add("page-split");
        lower.getStyleClass().add("page-split");
        split.setDividerPositions(0.56);
        setTop(header(state, owner, finish));
        setCenter(split);
    }

    private static PageHeader header(RunState state, Owner owner, Button finish) {
        Button back = new Button(text("runbooks.run.back"), new FontIcon(Feather.ARROW_LEFT));
        back.setId("runbook-back");
        back.getStyleClass().add("flat");
        back.setMinWidth(Region.USE_PREF_SIZE);
        back.setOnAction(_ -> owner.leave());
        Button copy = new Button(text("runbooks.run.copy"), new FontIcon(Feather.COPY));
        copy.setId("runbook-copy");
        copy.setOnAction(_ -> owner.copyTimeline());
        Button save = new Button(text("runbooks.run.save"), new FontIcon(Feather.DOWNLOAD));
        save.setId("runbook-save");
        save.setOnAction(_ -> owner.saveTimeline());
        finish.setId("runbook-finish");
        finish.setOnAction(_ -> owner.finish());
        return new PageHeader(state.runbook().title(), copy, save, finish).before(back);
    }

    /// Whether it shows this run.
    boolean isOf(RunState state) {
        return run.equals(state.transcript().id());
    }

    void show(RunState state, Optional<Live> now) {
        embeds.show(state);
        variables.show(state);
        live.show(now, state);
        transcript.show(state.transcript(), state.unkept());
        finish.setDisable(state.transcript().finished() || !state.running().isEmpty());
    }

    private void fill(String variable, String value) {
        variables.fill(variable, value);
    }

    /// The keyboard goes to the line where something can be written down.
    void writeNote() {
        transcript.writeNote();
    }

    void reveal(Step step) {
        embeds.card(step.id()).ifPresent(card -> {
            Bounds document = scroll.getContent().getBoundsInLocal();
            Bounds place = scroll.getContent().sceneToLocal(card.localToScene(card.getBoundsInLocal()));
            double hidden = document.getHeight() - scroll.getViewportBounds().getHeight();
            // A little of what stands above the card is to be seen, too.
            scroll.setVvalue(hidden <= 0 ? 0 : Math.clamp((place.getMinY() - 60) / hidden, 0, 1));
            card.requestFocus();
        });
    }
}
