package dev.heliograph.console.desktop.connect;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.cluster.Profile;
import dev.heliograph.console.connect.ConnectModel;
import dev.heliograph.console.connect.ConnectState;
import dev.heliograph.console.connect.ConnectState.Step;
import dev.heliograph.console.desktop.ui.Action;
import dev.heliograph.console.desktop.ui.Fx;
import dev.heliograph.console.desktop.ui.Page;
import dev.heliograph.console.desktop.ui.StateView;
import dev.heliograph.console.desktop.ui.ViewState;
import dev.heliograph.console.desktop.ui.file.FileDialogs;
import dev.heliograph.console.value.Watch;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The clusters that the operator knows on the left; on the right the one that is chosen, its form, or what
/// connecting to it needs. Enter connects, Ctrl+N adds one, Escape goes back.
public final class ConnectPage implements Page {

    private static final double LIST_WIDTH = 340;

    private final ConnectModel model;
    private final FileDialogs files;
    private final BorderPane view = new BorderPane();
    private final ListView<Profile> list = new ListView<>();
    private final HBox problem = Parts.warning("connect-problem", "");
    private final Label problemText = Parts.sentence("");
    private final StateView waiting = new StateView();
    private final StackPane right = new StackPane();
    private final Watch watch;
    private ConnectState state;
    private Optional<Node> form = Optional.empty();

    /// Of the cluster that is to be chosen when it is there.
    private Optional<String> wanted = Optional.empty();

    /// @param files asks for what the form wants paths of
    public ConnectPage(ConnectModel model, FileDialogs files) {
        this.model = model;
        this.files = files;
        this.state = model.state().get();
        view.setId("connect-page");
        view.getStyleClass().add("connect-page");
        problem.getChildren().setAll(problem.getChildren().getFirst(), problemText);
        Label title = Parts.title(text("connect.title"));
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        Button add = Parts.button("cluster-add", text("connect.add"), this::add);
        HBox head = new HBox(8, title, gap, add);
        head.setAlignment(Pos.CENTER_LEFT);
        VBox top = new VBox(12, head, problem);
        top.setPadding(new Insets(24, 24, 12, 24));
        list.setId("clusters");
        list.setAccessibleText(text("connect.title"));
        list.setCellFactory(_ -> new ClusterCell(model::connect));
        // The list takes Enter for itself.
        list.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER) {
                selected().ifPresent(model::connect);
                event.consume();
            }
        });
        list.setPrefWidth(LIST_WIDTH);
        list.setMinWidth(LIST_WIDTH);
        list.getSelectionModel().selectedItemProperty().subscribe(this::chosen);
        ScrollPane scroll = new ScrollPane(right);
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("edge-to-edge");
        right.setPadding(new Insets(0, 24, 24, 24));
        right.setAlignment(Pos.TOP_LEFT);
        BorderPane.setMargin(list, new Insets(0, 0, 24, 24));
        view.setTop(top);
        view.setLeft(list);
        view.setCenter(scroll);
        view.addEventHandler(KeyEvent.KEY_PRESSED, this::press);
        watch = Fx.show(model.state(), this::show);
    }

    @Override
    public Parent view() {
        return view;
    }

    @Override
    public void shown() {
        model.load();
    }

    @Override
    public void focus() {
        list.requestFocus();
    }

    @Override
    public List<Action> actions() {
        return List.of(Action.of("connect.add", text("connect.add"), "Ctrl+N", this::add));
    }

    @Override
    public void close() {
        watch.close();
        model.close();
    }

    private void press(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE) {
            back();
            event.consume();
        } else if (event.getCode() == KeyCode.N && event.isShortcutDown()) {
            add();
            event.consume();
        }
    }

    private void show(ConnectState next) {
        ConnectState before = state;
        state = next;
        problem.setVisible(next.problem().isPresent());
        problemText.setText(next.problem().orElse(""));
        if (!list.getItems().equals(next.clusters())) {
            Optional<String> name = wanted.or(() -> selected().map(Profile::name));
            wanted = Optional.empty();
            list.getItems().setAll(next.clusters());
            select(name);
        }
        boolean some = !next.clusters().isEmpty();
        list.setVisible(some);
        list.setManaged(some);
        boolean otherStep = !next.step().equals(before.step());
        if (otherStep) {
            form = Optional.empty();
        }
        // What is being typed stays.
        if (otherStep || next.step() instanceof Step.Choosing || !next.keeping().equals(before.keeping())) {
            render();
        }
    }

    private void select(Optional<String> name) {
        for (Profile each : list.getItems()) {
            if (name.filter(each.name()::equals).isPresent()) {
                list.getSelectionModel().select(each);
                return;
            }
        }
        list.getSelectionModel().selectFirst();
    }

    private Optional<Profile> selected() {
        return Optional.ofNullable(list.getSelectionModel().getSelectedItem());
    }

    private void chosen() {
        if (!(state.step() instanceof Step.Choosing)) {
            model.cancel();
        }
        form = Optional.empty();
        render();
    }

    private void render() {
        Node pane = form.orElseGet(() -> pane(state.step()));
        // To be put there anew takes the focus from what is in it.
        if (!right.getChildren().equals(List.of(pane))) {
            right.getChildren().setAll(pane);
        }
    }

    private Node pane(Step step) {
        return switch (step) {
            case Step.Choosing _ -> choosing();
            case Step.NeedsToken(Profile profile, Optional<String> why) ->
                new TokenPane(profile, why, state.keeping(), new TokenPane.Ways() {
                            @Override
                            public void connect(String token, boolean remember) {
                                model.connect(profile, token, remember);
                            }

                            @Override
                            public void cancel() {
                                back();
                            }
                        })
                        .view();
            case Step.Connecting(Profile profile) ->
                waiting(ViewState.loading(text("connect.connecting", profile.name()), model::cancel));
            case Step.Confirming(Profile profile, var certificates) ->
                new CertificatePane(profile, certificates, model::confirm, this::back).view();
            case Step.Failed(Profile profile, String sentence) ->
                waiting(ViewState.failed(text("connect.failed", profile.name(), sentence), model::retry));
        };
    }

    private Node choosing() {
        if (!state.loaded()) {
            return waiting(ViewState.loading(text("connect.loading"), model::cancel));
        }
        return selected()
                .map(profile -> new ClusterPane(
                                profile,
                                new ClusterPane.Ways(
                                        () -> model.connect(profile),
                                        () -> edit(Optional.of(profile)),
                                        () -> model.remove(profile)))
                        .view())
                .orElseGet(() -> waiting(ViewState.empty(
                        text("connect.empty.title"), text("connect.empty.hint"), text("connect.add"), this::add)));
    }

    private Node waiting(ViewState what) {
        waiting.show(what);
        return waiting;
    }

    private void add() {
        edit(Optional.empty());
    }

    private void edit(Optional<Profile> edited) {
        if (!(state.step() instanceof Step.Choosing)) {
            model.cancel();
        }
        form = Optional.of(new ClusterForm(
                        edited,
                        typed -> model.check(typed, edited),
                        profile -> {
                            form = Optional.empty();
                            wanted = Optional.of(profile.name());
                            model.save(profile, edited);
                            render();
                            list.requestFocus();
                        },
                        files,
                        this::back)
                .view());
        render();
    }

    private void back() {
        form = Optional.empty();
        model.cancel();
        render();
        list.requestFocus();
    }
}
