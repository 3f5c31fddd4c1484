package dev.heliograph.console.desktop.runbooks;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.desktop.ui.PageHeader;
import dev.heliograph.console.desktop.ui.StateView;
import dev.heliograph.console.desktop.ui.Status;
import dev.heliograph.console.desktop.ui.StatusPill;
import dev.heliograph.console.desktop.ui.Tone;
import dev.heliograph.console.desktop.ui.ViewState;
import dev.heliograph.console.runbooks.RunbooksState.Shelf;
import dev.heliograph.console.text.Times;
import dev.heliograph.console.value.Loaded;
import dev.heliograph.runbook.Runbook;
import dev.heliograph.runbook.run.Transcript;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The runbooks that there are, and the runs of before.
final class ShelfView extends BorderPane {

    /// More than anybody looks back over; the folder has them all.
    private static final int RUNS = 20;

    private final VBox content = new VBox();
    private final StateView instead = new StateView();
    private final Consumer<Runbook> begin;
    private final Consumer<Transcript> resume;
    private final Consumer<Transcript> copy;
    private final Runnable again;

    ShelfView(Consumer<Runbook> begin, Consumer<Transcript> resume, Consumer<Transcript> copy, Runnable again) {
        this.begin = begin;
        this.resume = resume;
        this.copy = copy;
        this.again = again;
        getStyleClass().add("shelf");
        content.getStyleClass().add("shelf-content");
        ScrollPane scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("edge-to-edge");
        setTop(new PageHeader(text("runbooks.shelf.title")));
        setCenter(new StackPane(scroll, instead));
    }

    void show(Loaded<Shelf> loaded) {
        if (loaded.data().isEmpty()) {
            instead.show(loaded.problem()
                    .map(sentence -> ViewState.failed(sentence, again))
                    .orElseGet(() -> new ViewState.Loading(text("runbooks.shelf.reading"), Optional.empty())));
            content.getChildren().clear();
            return;
        }
        Shelf shelf = loaded.data().get();
        boolean nothing = shelf.runbooks().isEmpty() && shelf.broken().isEmpty();
        instead.show(
                nothing
                        ? ViewState.empty(
                                text("runbooks.empty.title"),
                                text("runbooks.empty.hint"),
                                text("runbooks.empty.again"),
                                again)
                        : ViewState.ready());
        content.getChildren().clear();
        shelf.broken().forEach(sentence -> content.getChildren().add(broken(sentence)));
        shelf.runbooks().forEach(runbook -> content.getChildren().add(card(runbook)));
        if (!shelf.transcripts().isEmpty()) {
            Label title = new Label(text("runbooks.shelf.runs"));
            title.getStyleClass().add("side-title");
            content.getChildren().add(title);
            shelf.transcripts().stream()
                    .limit(RUNS)
                    .forEach(run -> content.getChildren()
                            .add(run(run, shelf.runbook(run.runbook()).isPresent())));
        }
    }

    private static Node broken(String sentence) {
        Label label = new Label(sentence, new FontIcon(Feather.ALERT_TRIANGLE));
        label.getStyleClass().add("shelf-broken");
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    private Node card(Runbook runbook) {
        Label title = new Label(runbook.title());
        title.getStyleClass().add("shelf-card-title");
        Label about = new Label(text(
                runbook.isProcedure() ? "runbooks.shelf.procedure" : "runbooks.shelf.about",
                String.join(", ", runbook.alerts()),
                runbook.severity(),
                runbook.owner(),
                String.valueOf(runbook.steps().size())));
        about.getStyleClass().add("hint");
        about.setWrapText(true);
        VBox words = new VBox(2, title, about);
        HBox.setHgrow(words, Priority.ALWAYS);
        Button open = new Button(text("runbooks.shelf.open"), new FontIcon(Feather.PLAY));
        open.setId("open-" + runbook.id());
        open.getStyleClass().add("accent");
        open.setMinWidth(Region.USE_PREF_SIZE);
        open.setAccessibleText(text("runbooks.shelf.open.of", runbook.title()));
        open.setOnAction(_ -> begin.accept(runbook));
        HBox card = new HBox(words, open);
        card.getStyleClass().add("shelf-card");
        card.setAlignment(Pos.CENTER_LEFT);
        return card;
    }

    private Node run(Transcript transcript, boolean there) {
        String who = transcript.entries().isEmpty()
                ? ""
                : transcript.entries().getFirst().who();
        Label words = new Label(text(
                "runbooks.shelf.run",
                Times.minute(transcript.begun()),
                transcript.title(),
                who,
                String.valueOf(transcript.entries().size())));
        words.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(words, Priority.ALWAYS);
        StatusPill pill = new StatusPill(
                transcript.finished()
                        ? Status.of(text("runbooks.shelf.closed"), Tone.NEUTRAL)
                        : Status.of(text("runbooks.shelf.unfinished"), Tone.INFO));
        Button go = new Button(text(transcript.finished() ? "runbooks.shelf.read" : "runbooks.shelf.resume"));
        go.setDisable(!there);
        go.setMinWidth(Region.USE_PREF_SIZE);
        go.setOnAction(_ -> resume.accept(transcript));
        Button export = new Button(text("runbooks.run.copy"));
        export.setMinWidth(Region.USE_PREF_SIZE);
        export.setOnAction(_ -> copy.accept(transcript));
        HBox line = new HBox(words, pill, go, export);
        line.getStyleClass().add("shelf-run");
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }
}
