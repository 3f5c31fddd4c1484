package dev.heliograph.console.desktop.capacity;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.capacity.PlanReport;
import dev.heliograph.console.capacity.ClusterLoad;
import dev.heliograph.console.capacity.PlanForm;
import dev.heliograph.console.capacity.PlanModel;
import dev.heliograph.console.capacity.PlanOutcome;
import dev.heliograph.console.capacity.PlanOutcome.Carried;
import dev.heliograph.console.capacity.PlanOutcome.Impossible;
import dev.heliograph.console.desktop.ui.Action;
import dev.heliograph.console.desktop.ui.Fx;
import dev.heliograph.console.desktop.ui.ModelPage;
import dev.heliograph.console.desktop.ui.PageHeader;
import dev.heliograph.console.desktop.ui.Tone;
import dev.heliograph.console.desktop.ui.file.FileKind;
import dev.heliograph.console.desktop.ui.file.TextFiles;
import dev.heliograph.console.desktop.ui.form.Notice;
import dev.heliograph.console.desktop.ui.form.SidePanel;
import dev.heliograph.console.desktop.ui.form.TextPanel;
import dev.heliograph.console.overview.OverviewState;
import dev.heliograph.console.overview.OverviewState.Standing;
import dev.heliograph.console.value.Loaded;
import dev.heliograph.console.workspace.Loader;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javafx.scene.control.Button;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The load that is written at the left, and what it needs: follows each key. On JavaFX's thread.
public final class CapacityPage extends ModelPage {

    /// A calibration has some kilobytes.
    private static final long MOST_BYTES = 1_000_000;

    private final PlanModel model;
    private final TextFiles files;
    private final DemandPane form;
    private final WhatIf whatIf;
    private final PlanView view;
    private final ScrollPane scroll;
    private final TextPanel exported;
    private final MenuButton export = new MenuButton(text("capacity.export"), new FontIcon(Feather.DOWNLOAD));
    private final Button putBack = new Button(text("capacity.put-back"));
    private final Notice taken = new Notice(Tone.INFO, putBack);
    private final Notice stale = new Notice(Tone.WARNING);
    private final Notice failed = new Notice(Tone.BAD);
    private final Notice figuresProblem = new Notice(Tone.BAD);
    private Optional<PlanReport.Form> exporting = Optional.empty();

    /// @param files for figures that are read, and plans that are written
    public CapacityPage(PlanModel model, TextFiles files) {
        super(model);
        this.model = model;
        this.files = files;
        form = new DemandPane(change -> model.change(change.apply(model.form().get())));
        whatIf = new WhatIf(model::vary);
        view = new PlanView(whatIf);
        exported = new TextPanel("plan-export", text("capacity.title"), files, this::closeExport);
        export.setId("plan-export-menu");
        for (PlanReport.Form each : PlanReport.Form.values()) {
            MenuItem item = new MenuItem(text("capacity.export." + word(each)));
            item.setId("plan-export-" + word(each));
            item.setOnAction(_ -> export(each));
            export.getItems().add(item);
        }
        Button take = new Button(text("capacity.take"), new FontIcon(Feather.DOWNLOAD_CLOUD));
        take.setId("plan-take");
        take.setOnAction(_ -> take());
        taken.setId("plan-taken");
        putBack.setId("plan-put-back");
        putBack.setMinWidth(Region.USE_PREF_SIZE);
        putBack.managedProperty().bind(putBack.visibleProperty());
        stale.setId("plan-stale");
        failed.setId("plan-failed");
        figuresProblem.setId("plan-figures-problem");
        VBox content = new VBox(12, figuresProblem, failed, stale, taken, view);
        content.getStyleClass().add("plan");
        scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("edge-to-edge");
        FiguresBar figures = new FiguresBar(this::openFigures, this::closeFigures);
        root().getStylesheets().addAll(style(SidePanel.class, "form.css"), style(CapacityPage.class, "capacity.css"));
        root().setTop(new VBox(new PageHeader(text("capacity.title"), take, export), figures));
        root().setLeft(form);
        root().setCenter(scroll);
        watch(model.form(), next -> {
            form.show(next);
            tell();
        });
        watch(model.varied(), whatIf::varied);
        watch(model.figures(), figures::show);
        watch(model.outcome(), this::show);
        watch(model.overview(), seen -> view.there(relays(seen)));
    }

    private static String style(Class<?> beside, String name) {
        return Objects.requireNonNull(beside.getResource(name), name).toExternalForm();
    }

    private static Optional<Integer> relays(OverviewState seen) {
        return seen.at().map(_ -> (int) seen.nodes().stream()
                .filter(tile -> tile.standing() != Standing.GONE)
                .count());
    }

    private void show(Loaded<PlanOutcome> loaded) {
        if (loaded.loading()) {
            return;
        }
        if (carried().isPresent()) {
            view.show(carried().get());
            exporting.ifPresent(this::export);
        }
        view.setVisible(carried().isPresent());
        view.setManaged(view.isVisible());
        export.setDisable(!view.isVisible());
        tell();
    }

    private Optional<Carried> carried() {
        return model.outcome().get().data().filter(Carried.class::isInstance).map(Carried.class::cast);
    }

    /// What stands in the way of a plan for what is written.
    private void tell() {
        Loaded<PlanOutcome> loaded = model.outcome().get();
        int wrong = model.form().get().problems().size();
        stale.say(wrong == 0 ? "" : text("capacity.stale", wrong));
        failed.say(loaded.problem()
                .orElseGet(() -> loaded.data()
                        .filter(Impossible.class::isInstance)
                        .map(each -> text("capacity.impossible", ((Impossible) each).why()))
                        .orElse("")));
    }

    private void take() {
        PlanForm before = model.form().get();
        putBack.setOnAction(_ -> {
            model.change(before);
            taken.say("");
        });
        putBack.setVisible(false);
        Fx.then(
                model.take(),
                (ClusterLoad load) -> {
                    putBack.setVisible(true);
                    taken.say(load.sentence());
                },
                failure -> taken.say(Loader.sentence(failure)));
    }

    private void openFigures() {
        files.open(
                FileKind.JSON,
                MOST_BYTES,
                (file, json) -> complain(model.calibrate(file, json).orElse("")),
                this::complain);
    }

    private void closeFigures() {
        model.calibrateAsPackaged();
        complain("");
    }

    private void complain(String sentence) {
        figuresProblem.say(sentence);
    }

    void export(PlanReport.Form as) {
        carried().ifPresent(outcome -> {
            exported.title(text("capacity.export." + word(as)));
            exported.show(
                    "plan." + ending(as),
                    kind(as),
                    CompletableFuture.completedFuture(outcome.report().as(as)));
            if (exporting.isEmpty()) {
                // In its place: beside it there would be no room for the plan.
                root().setLeft(null);
                root().setRight(exported);
                exported.requestFocus();
            }
            exporting = Optional.of(as);
        });
    }

    private void closeExport() {
        exporting = Optional.empty();
        root().setRight(null);
        root().setLeft(form);
        focus();
    }

    private static String word(PlanReport.Form as) {
        return switch (as) {
            case TEXT -> "text";
            case JSON -> "json";
            case ANSIBLE -> "ansible";
        };
    }

    private static String ending(PlanReport.Form as) {
        return switch (as) {
            case TEXT -> "txt";
            case JSON -> "json";
            case ANSIBLE -> "yml";
        };
    }

    private static FileKind kind(PlanReport.Form as) {
        return switch (as) {
            case TEXT -> FileKind.TEXT;
            case JSON -> FileKind.JSON;
            case ANSIBLE -> FileKind.YAML;
        };
    }

    @Override
    public void focus() {
        scroll.requestFocus();
    }

    @Override
    public void search() {
        edit();
    }

    private void edit() {
        if (exporting.isPresent()) {
            closeExport();
        }
        form.edit();
    }

    private boolean isPlanned() {
        return carried().isPresent();
    }

    @Override
    public List<Action> actions() {
        return List.of(
                Action.of("capacity.edit", text("capacity.action.edit"), "I", this::edit),
                Action.of("capacity.take", text("capacity.take"), "T", this::take),
                Action.of("capacity.open", text("capacity.figures.open"), "O", this::openFigures),
                Action.of("capacity.vary", text("capacity.action.vary"), "V", whatIf::varyNext),
                Action.of("capacity.text", text("capacity.action.text"), "X", () -> export(PlanReport.Form.TEXT))
                        .when(this::isPlanned),
                Action.of("capacity.json", text("capacity.action.json"), "J", () -> export(PlanReport.Form.JSON))
                        .when(this::isPlanned),
                Action.of(
                                "capacity.ansible",
                                text("capacity.action.ansible"),
                                "A",
                                () -> export(PlanReport.Form.ANSIBLE))
                        .when(this::isPlanned));
    }
}
