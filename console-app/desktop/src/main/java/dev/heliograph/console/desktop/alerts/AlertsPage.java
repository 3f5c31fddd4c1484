package dev.heliograph.console.desktop.alerts;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.alerts.Alert;
import dev.heliograph.console.alerts.AlertGroup;
import dev.heliograph.console.alerts.AlertsModel;
import dev.heliograph.console.alerts.AlertsState;
import dev.heliograph.console.alerts.AlertsState.Picture;
import dev.heliograph.console.alerts.Matcher;
import dev.heliograph.console.alerts.Silence;
import dev.heliograph.console.desktop.ui.Action;
import dev.heliograph.console.desktop.ui.Commander;
import dev.heliograph.console.desktop.ui.ModelPage;
import dev.heliograph.console.desktop.ui.PageHeader;
import dev.heliograph.console.desktop.ui.ViewState;
import dev.heliograph.console.desktop.ui.table.LiveColumn;
import dev.heliograph.console.desktop.ui.table.LiveTable;
import dev.heliograph.console.desktop.ui.table.RowAction;
import dev.heliograph.console.text.Times;
import dev.heliograph.console.value.Loaded;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.geometry.Orientation;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Alerts of the Alertmanager; without one, how it is connected. On JavaFX's thread.
public final class AlertsPage extends ModelPage {

    private static final String STYLESHEET = Objects.requireNonNull(
                    AlertsPage.class.getResource("alerts.css"), "alerts.css")
            .toExternalForm();
    private static final List<String> SILENCES = List.of("1h", "4h", "1d", "30m");

    private final AlertsModel model;
    private final Commander commander;
    private final Clock clock;
    private final Consumer<Alert> runbooks;
    private final Label address = new Label();
    private final ConnectForm connect;
    private final LiveTable<String, AlertGroup> groups;
    private final LiveTable<String, Silence> silences;
    private final AlertDetail detail;
    private final BorderPane connected = new BorderPane();

    /// @param runbooks opens the runbook of an alert
    public AlertsPage(AlertsModel model, Commander commander, Clock clock, Consumer<Alert> runbooks) {
        super(model);
        this.model = model;
        this.commander = commander;
        this.clock = clock;
        this.runbooks = runbooks;
        this.connect = new ConnectForm(model);
        this.groups = groups();
        this.silences = silences();
        this.detail = new AlertDetail(new Doing(), clock);
        root().getStyleClass().add("alerts-page");
        root().getStylesheets().add(STYLESHEET);
        Button disconnect = new Button(text("alerts.disconnect"));
        disconnect.setId("alertmanager-disconnect");
        disconnect.setOnAction(_ -> model.disconnect());
        Button silence = new Button(text("alerts.new-silence"), new FontIcon(Feather.BELL_OFF));
        silence.setId("new-silence");
        silence.setOnAction(_ -> silence(""));
        address.getStyleClass().add("hint");
        Label title = new Label(text("alerts.silences"));
        title.getStyleClass().add("side-title");
        BorderPane lower = new BorderPane(silences);
        lower.setTop(title);
        SplitPane lists = new SplitPane(groups, lower);
        lists.setOrientation(Orientation.VERTICAL);
        lists.setDividerPositions(0.62);
        lists.getStyleClass().add("page-split");
        SplitPane split = new SplitPane(lists, detail);
        split.setDividerPositions(0.66);
        split.getStyleClass().add("page-split");
        connected.setTop(new PageHeader(text("alerts.title"), address, silence, disconnect));
        connected.setCenter(split);
        watch(model.state(), this::show);
    }

    private LiveTable<String, AlertGroup> groups() {
        LiveTable<String, AlertGroup> table = new LiveTable<>(
                text("alerts.title"),
                AlertGroup::id,
                List.of(
                        LiveColumn.status(
                                        "severity",
                                        text("alerts.column.severity"),
                                        (AlertGroup group) -> AlertLook.severity(group.severity()))
                                .width(104),
                        LiveColumn.text("name", text("alerts.column.name"), AlertGroup::name)
                                .width(210),
                        LiveColumn.status(
                                        "standing",
                                        text("alerts.column.standing"),
                                        (AlertGroup group) -> AlertLook.standing(group.standing()))
                                .width(148),
                        LiveColumn.<AlertGroup, Integer>measure(
                                        "alerts",
                                        text("alerts.column.alerts"),
                                        group -> group.alerts().size(),
                                        String::valueOf)
                                .width(70),
                        LiveColumn.<AlertGroup, String>measure(
                                        "since",
                                        text("alerts.column.since"),
                                        group -> Times.span(Duration.between(group.since(), clock.instant())),
                                        age -> age)
                                .width(96),
                        LiveColumn.text("summary", text("alerts.column.summary"), AlertGroup::summary)
                                .width(180)
                                .growing()));
        table.setId("alerts");
        table.emptyState((ViewState.Empty) ViewState.empty(text("alerts.empty.title"), text("alerts.empty.hint")));
        table.onSelection(_ -> showDetail());
        return table;
    }

    private LiveTable<String, Silence> silences() {
        LiveTable<String, Silence> table = new LiveTable<>(
                text("alerts.silences"),
                Silence::id,
                List.of(
                        LiveColumn.<Silence>text(
                                        "matchers",
                                        text("alerts.column.matchers"),
                                        silence -> silence.matchers().stream()
                                                .map(Matcher::text)
                                                .collect(Collectors.joining(", ")))
                                .width(240)
                                .growing(),
                        LiveColumn.<Silence>text(
                                        "kind",
                                        text("alerts.column.kind"),
                                        silence -> text(
                                                silence.acknowledges()
                                                        ? "alerts.kind.acknowledgement"
                                                        : silence.pending()
                                                                ? "alerts.kind.pending"
                                                                : "alerts.kind.silence"))
                                .width(130),
                        LiveColumn.<Silence>text("author", text("alerts.column.author"), Silence::author)
                                .width(90),
                        LiveColumn.<Silence>text(
                                        "ends",
                                        text("alerts.column.ends"),
                                        silence -> Times.until(silence.ends(), clock.instant()))
                                .width(110),
                        LiveColumn.<Silence>text("comment", text("alerts.column.comment"), Silence::said)
                                .width(160)));
        table.setId("silences");
        table.actions(List.of(
                RowAction.<Silence>of("expire", text("alerts.expire"), "Delete", rows -> expire(rows.getFirst()))
                        .single()));
        return table;
    }

    @Override
    public void focus() {
        if (model.state().get().address().isEmpty()) {
            connect.requestFocus();
        } else {
            groups.requestFocus();
        }
    }

    @Override
    public List<Action> actions() {
        return List.of(
                Action.of(
                                "alerts.acknowledge",
                                text("alerts.action.acknowledge"),
                                "A",
                                () -> selected().ifPresent(this::acknowledge))
                        .when(() -> standing(AlertGroup.Standing.FIRING)),
                Action.of(
                                "alerts.silence",
                                text("alerts.action.silence"),
                                "S",
                                () -> silence(
                                        selected().map(AlertsPage::matchers).orElse("")))
                        .when(() -> model.state().get().address().isPresent()),
                Action.of(
                                "alerts.expire",
                                text("alerts.action.expire"),
                                "U",
                                () -> selected().flatMap(AlertGroup::silence).ifPresent(this::expire))
                        .when(() -> selected().flatMap(AlertGroup::silence).isPresent()),
                Action.of(
                                "alerts.runbook",
                                text("alerts.action.runbook"),
                                "R",
                                () -> selected()
                                        .ifPresent(group ->
                                                runbooks.accept(group.alerts().getFirst())))
                        .when(() -> selected().isPresent()),
                Action.of("alerts.refresh", text("alerts.action.refresh"), "F5", this::refresh));
    }

    private boolean standing(AlertGroup.Standing standing) {
        return selected().filter(group -> group.standing() == standing).isPresent();
    }

    private void refresh() {
        Thread.ofVirtual().name("alerts").start(model::refresh);
    }

    private void show(AlertsState state) {
        if (state.address().isEmpty()) {
            BorderPane page = new BorderPane(connect);
            page.setTop(new PageHeader(text("alerts.title")));
            root().setCenter(page);
            return;
        }
        root().setCenter(connected);
        address.setText(state.address().map(URI::toString).orElse(""));
        Loaded<Picture> picture = state.picture();
        ViewState how = picture.problem()
                .map(sentence -> ViewState.failed(sentence, this::refresh))
                .orElseGet(() -> picture.data().isPresent()
                        ? ViewState.ready()
                        : new ViewState.Loading(text("alerts.loading"), Optional.empty()));
        groups.state(how);
        silences.emptyState((ViewState.Empty)
                (picture.data().isPresent()
                        ? ViewState.empty(text("alerts.silences.empty"), text("alerts.silences.empty.hint"))
                        : ViewState.empty(text("alerts.silences.unknown"), text("alerts.silences.unknown.hint"))));
        picture.data().ifPresent(now -> {
            groups.publish(now.groups());
            groups.summary(text("alerts.summary", String.valueOf(now.unattended())));
            silences.publish(now.silences());
        });
        showDetail();
    }

    private Optional<AlertGroup> selected() {
        return groups.selectedRows().stream().findFirst();
    }

    /// For tests.
    void select(String group) {
        groups.select(List.of(group));
        showDetail();
    }

    private void showDetail() {
        detail.show(selected());
    }

    private void acknowledge(AlertGroup group) {
        form(new AlertForm(
                text("alerts.acknowledge.title", group.name()),
                text("alerts.acknowledge"),
                Optional.empty(),
                List.of("15m", "1h", "4h"),
                (_, time, comment) -> {
                    closeForm();
                    offer(
                            text("alerts.acknowledge.title", group.name()),
                            () -> model.acknowledge(group, comment, time));
                },
                this::closeForm));
    }

    private void silence(String covering) {
        form(new AlertForm(
                text("alerts.form.silence"),
                text("alerts.silence.preview"),
                Optional.of(covering),
                SILENCES,
                (matchers, time, comment) -> {
                    Matcher.parse(matchers);
                    if (comment.isBlank()) {
                        throw new IllegalArgumentException(text("alerts.silence.comment"));
                    }
                    closeForm();
                    offer(
                            text("alerts.silence.title", matchers),
                            () -> model.silence(matchers, clock.instant().plus(time), comment));
                },
                this::closeForm));
    }

    private void expire(Silence silence) {
        offer(text("alerts.expire"), () -> model.expire(silence));
    }

    /// What is offered is done later; the list shows it when it asks again.
    private void offer(String what, Callable<Proposal> preparation) {
        commander.offer(what, () -> {
            Proposal proposal = preparation.call();
            return model.refreshing(proposal);
        });
    }

    private void form(Region form) {
        detail.form(Optional.of(form));
        form.requestFocus();
    }

    private void closeForm() {
        detail.form(Optional.empty());
        groups.requestFocus();
    }

    private static String matchers(AlertGroup group) {
        return group.matchers().stream().map(Matcher::text).collect(Collectors.joining(", "));
    }

    private final class Doing implements AlertDetail.Owner {

        @Override
        public void acknowledge(AlertGroup group) {
            AlertsPage.this.acknowledge(group);
        }

        @Override
        public void silence(AlertGroup group) {
            AlertsPage.this.silence(matchers(group));
        }

        @Override
        public void expire(Silence silence) {
            AlertsPage.this.expire(silence);
        }

        @Override
        public void runbook(Alert alert) {
            runbooks.accept(alert);
        }
    }
}
