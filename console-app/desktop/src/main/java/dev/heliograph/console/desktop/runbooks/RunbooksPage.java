package dev.heliograph.console.desktop.runbooks;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.alerts.Alert;
import dev.heliograph.console.desktop.ui.Action;
import dev.heliograph.console.desktop.ui.Commander;
import dev.heliograph.console.desktop.ui.Fx;
import dev.heliograph.console.desktop.ui.ModelPage;
import dev.heliograph.console.desktop.ui.file.FileKind;
import dev.heliograph.console.desktop.ui.file.TextFiles;
import dev.heliograph.console.runbooks.RunbooksModel;
import dev.heliograph.console.runbooks.RunbooksState;
import dev.heliograph.runbook.Runbook;
import dev.heliograph.runbook.RunbookException;
import dev.heliograph.runbook.Step;
import dev.heliograph.runbook.StepClass;
import dev.heliograph.runbook.run.RunState;
import dev.heliograph.runbook.run.StepState;
import dev.heliograph.runbook.run.Transcript;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javafx.scene.control.Label;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import org.jspecify.annotations.Nullable;

/// Runbooks: which there are, and the one that is worked through beside the live data. On JavaFX's thread.
public final class RunbooksPage extends ModelPage {

    private final RunbooksModel model;
    private final Commander commander;
    private final Consumer<String> links;
    private final TextFiles files;
    private final Label said = new Label();
    private final ShelfView shelf;
    private @Nullable RunView run;

    /// @param links opens a link that leads out of a runbook
    /// @param files for timelines
    public RunbooksPage(RunbooksModel model, Commander commander, Consumer<String> links, TextFiles files) {
        super(model);
        this.model = model;
        this.commander = commander;
        this.links = links;
        this.files = files;
        this.shelf = new ShelfView(
                runbook -> begin(runbook, Map.of()),
                transcript -> tell(model.resume(transcript)),
                this::copy,
                () -> Thread.ofVirtual().start(model::readShelf));
        root().getStyleClass().add("runbooks-page");
        root().getStylesheets().add(Styles.STYLESHEET);
        said.getStyleClass().add("page-said");
        said.setWrapText(true);
        say("");
        root().setBottom(said);
        watch(model.state(), this::show);
    }

    @Override
    public List<Action> actions() {
        return List.of(
                Action.of(
                                "runbooks.next",
                                text("runbooks.action.next"),
                                "D",
                                () -> working().ifPresent(this::doNext))
                        .when(this::isOpen),
                Action.of("runbooks.note", text("runbooks.action.note"), "N", () -> view(RunView::writeNote))
                        .when(this::isOpen),
                Action.of(
                                "runbooks.copy",
                                text("runbooks.run.copy"),
                                "C",
                                () -> working().ifPresent(Working::copyTimeline))
                        .when(this::isOpen),
                Action.of(
                                "runbooks.save",
                                text("runbooks.run.save"),
                                "E",
                                () -> working().ifPresent(Working::saveTimeline))
                        .when(this::isOpen),
                Action.of(
                                "runbooks.finish",
                                text("runbooks.run.finish"),
                                "F",
                                () -> working().ifPresent(Working::finish))
                        .when(this::isOpen),
                Action.of(
                                "runbooks.leave",
                                text("runbooks.action.leave"),
                                "A",
                                () -> working().ifPresent(Working::leave))
                        .when(this::isOpen));
    }

    private boolean isOpen() {
        return model.state().get().run().isPresent();
    }

    private Optional<Working> working() {
        return model.state()
                .get()
                .run()
                .map(state -> new Working(state.transcript().id()));
    }

    private void view(Consumer<RunView> what) {
        RunView view = run;
        if (view != null) {
            what.accept(view);
        }
    }

    private void doNext(Working working) {
        model.state()
                .get()
                .run()
                .ifPresent(state -> state.runbook().steps().stream()
                        .filter(step -> state.step(step.id()) == StepState.OPEN && !state.isRunning(step.id()))
                        .findFirst()
                        .ifPresent(step -> {
                            working.reveal(step);
                            working.perform(step);
                        }));
    }

    /// Opens the runbook of an alert, filled in from its labels; says so if there is none.
    public void open(Alert alert) {
        Fx.then(
                model.beginFor(alert.name(), alert.labels(), alert.annotations()),
                found -> say(found ? "" : text("runbooks.none-for", alert.name())),
                failure -> say(sentence(failure)));
    }

    private void begin(Runbook runbook, Map<String, String> labels) {
        tell(model.begin(runbook, labels));
    }

    private void show(RunbooksState state) {
        Optional<RunState> open = state.run();
        if (open.isEmpty()) {
            run = null;
            shelf.show(state.shelf());
            root().setCenter(shelf);
            return;
        }
        RunView view = run;
        if (view == null || !view.isOf(open.get())) {
            view = new RunView(open.get(), new Working(open.get().transcript().id()));
            run = view;
            root().setCenter(view);
        }
        view.show(open.get(), state.live());
    }

    private void tell(CompletableFuture<Boolean> work) {
        Fx.then(work, _ -> say(""), failure -> say(sentence(failure)));
    }

    private void say(String sentence) {
        said.setText(sentence);
        said.setVisible(!sentence.isEmpty());
        said.setManaged(!sentence.isEmpty());
    }

    private static String sentence(Throwable failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    private void copy(Transcript transcript) {
        ClipboardContent content = new ClipboardContent();
        content.putString(model.timeline(transcript));
        Clipboard.getSystemClipboard().setContent(content);
        say(text("runbooks.copied"));
    }

    /// What the open run asks for.
    private final class Working implements RunView.Owner {

        private final String id;

        Working(String id) {
            this.id = id;
        }

        private Optional<Transcript> transcript() {
            return model.state()
                    .get()
                    .run()
                    .map(RunState::transcript)
                    .filter(each -> each.id().equals(id));
        }

        @Override
        public void perform(Step step) {
            if (step.stepClass() == StepClass.READ) {
                // What went wrong is in the transcript and on the card.
                Fx.then(model.look(step.id()), _ -> say(""), failure -> say(sentence(failure)));
            } else {
                commander.offer(step.title(), () -> model.propose(step.id()));
            }
        }

        @Override
        public void takeBack(Step step) {
            commander.offer(text("runbooks.step.take-back.of", step.title()), () -> model.proposeUndo(step.id()));
        }

        @Override
        public void stop(Step step) {
            commander.offer(text("runbooks.step.stop.of", step.title()), () -> model.proposeStop(step.id()));
        }

        @Override
        public void skip(Step step, String reason) {
            model.skip(step.id(), reason);
        }

        @Override
        public void reveal(Step step) {
            view(shown -> shown.reveal(step));
        }

        @Override
        public void open(String destination) {
            Optional<Runbook> other = model.state().get().shelf().data().flatMap(shelf -> shelf.linked(destination));
            if (other.isPresent()) {
                begin(other.get(), transcript().map(Transcript::labels).orElse(Map.of()));
            } else {
                links.accept(destination);
            }
        }

        @Override
        public void leave() {
            Thread.ofVirtual().start(model::leave);
        }

        @Override
        public void finish() {
            tell(model.finish(""));
        }

        @Override
        public void copyTimeline() {
            transcript().ifPresent(RunbooksPage.this::copy);
        }

        @Override
        public void saveTimeline() {
            transcript()
                    .ifPresent(each -> files.save(
                            each.id() + ".md",
                            FileKind.MARKDOWN,
                            model.timeline(each),
                            RunbooksPage.this::say,
                            RunbooksPage.this::say));
        }

        @Override
        public void set(String variable, String value) throws RunbookException {
            model.set(variable, value);
        }

        @Override
        public void note(String text) {
            model.note(text);
        }
    }
}
