package dev.heliograph.console.desktop.channels;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.action.Role;
import dev.heliograph.console.channels.ChannelOrder;
import dev.heliograph.console.channels.ChannelsModel;
import dev.heliograph.console.desktop.ui.Action;
import dev.heliograph.console.desktop.ui.Commander;
import dev.heliograph.console.desktop.ui.ModelPage;
import dev.heliograph.console.desktop.ui.PageHeader;
import dev.heliograph.console.desktop.ui.ViewState;
import dev.heliograph.console.desktop.ui.form.SearchField;
import dev.heliograph.console.desktop.ui.form.SidePanel;
import dev.heliograph.console.desktop.ui.form.States;
import dev.heliograph.console.desktop.ui.table.LiveColumn;
import dev.heliograph.console.desktop.ui.table.LiveTable;
import dev.heliograph.console.desktop.ui.table.RowAction;
import dev.heliograph.console.desktop.ui.table.SortChoice;
import dev.heliograph.console.text.Formats;
import dev.heliograph.console.value.Loaded;
import dev.heliograph.console.value.Value;
import dev.heliograph.console.wire.ChannelList;
import dev.heliograph.console.wire.ChannelRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/// Channels, and one of them beside the list. On JavaFX's thread.
public final class ChannelsPage extends ModelPage {

    private final ChannelsModel model;
    private final SearchField search = new SearchField(text("channels.search"));
    private final LiveTable<String, ChannelRow> table;
    private final ChannelPanel panel;

    /// @param role of the operator: what may be seen depends on it
    public ChannelsPage(ChannelsModel model, Commander commander, Value<Optional<Role>> role) {
        super(model);
        this.model = model;
        panel = new ChannelPanel(model, commander, role, this::closePanel);
        table = new LiveTable<>(
                text("channels.title"),
                ChannelRow::channel,
                List.of(
                        LiveColumn.<ChannelRow>text("name", text("channels.column.name"), ChannelRow::channel)
                                .width(220)
                                .growing()
                                .sorts(),
                        LiveColumn.<ChannelRow, Long>measure(
                                        "subscribers",
                                        text("channels.column.subscribers"),
                                        ChannelRow::subscribers,
                                        Formats::count)
                                .width(116)
                                .sorts(),
                        LiveColumn.<ChannelRow, Double>measure(
                                        "in_rate", text("channels.column.in"), ChannelRow::inRate, Formats::rate)
                                .width(124)
                                .sorts(),
                        LiveColumn.<ChannelRow, Double>measure(
                                        "out_rate", text("channels.column.out"), ChannelRow::outRate, Formats::rate)
                                .width(116)
                                .sorts()));
        table.setId("channels");
        table.emptyState((ViewState.Empty) ViewState.empty(text("channels.empty.title"), text("channels.empty.hint")));
        table.onSort(this::sort);
        table.sort(Optional.of(new SortChoice("subscribers", true)));
        table.onSelection(rows -> {
            if (rows.size() == 1) {
                open(rows.getFirst().channel());
            }
        });
        table.onOpen(row -> open(row.channel()));
        table.actions(List.of(RowAction.<ChannelRow>of("tail", text("channels.tail.start"), "T", _ -> panel.look())
                .single()));
        search.setId("channels-search");
        search.setMinWidth(220);
        search.onSearch(model::search);
        HBox.setHgrow(search, Priority.ALWAYS);
        Button direct = new Button(text("channels.open"));
        direct.setId("channels-open");
        direct.setMinWidth(Button.USE_PREF_SIZE);
        direct.disableProperty().bind(search.textProperty().map(words -> words.isBlank() || words.contains("*")));
        direct.setOnAction(_ -> open(search.getText().strip()));
        HBox bar = new HBox(search, direct);
        bar.getStyleClass().add("page-bar");
        bar.getStylesheets()
                .add(Objects.requireNonNull(SidePanel.class.getResource("form.css"))
                        .toExternalForm());
        BorderPane list = new BorderPane(table);
        list.setTop(bar);
        root().setTop(new PageHeader(text("channels.title")));
        root().setCenter(list);
        everySecond(this::tick);
        closeLater(panel::close);
        watch(model.channels(), this::show);
    }

    private void show(Loaded<ChannelList> loaded) {
        table.publish(loaded.data().map(ChannelList::channels).orElse(List.of()));
        table.state(States.of(loaded, text("channels.reading"), () -> {}, model::refresh));
        table.summary(loaded.data().map(ChannelsPage::summary).orElse(""));
    }

    private static String summary(ChannelList list) {
        List<String> parts = new ArrayList<>();
        if (list.others() > 0) {
            parts.add(text("channels.others", Formats.count(list.others())));
        }
        if (!list.exact()) {
            parts.add(text("channels.inexact"));
        }
        if (!list.missing().isEmpty()) {
            parts.add(text("channels.missing", String.join(", ", list.missing())));
        }
        return String.join(" ", parts);
    }

    private void sort(Optional<SortChoice> choice) {
        ChannelOrder order = choice.map(
                        each -> ChannelOrder.valueOf(each.column().toUpperCase(Locale.ROOT)))
                .orElse(ChannelOrder.SUBSCRIBERS);
        model.sort(order);
    }

    /// Shows a channel beside the list.
    public void open(String channel) {
        model.select(channel);
        root().setRight(panel);
    }

    private void closePanel() {
        root().setRight(null);
        model.deselect();
        table.requestFocus();
    }

    private boolean isOpen() {
        return model.selected().get().isPresent();
    }

    private void tick() {
        panel.tick();
    }

    @Override
    public void focus() {
        table.requestFocus();
    }

    @Override
    public void search() {
        search.requestFocus();
    }

    @Override
    public List<Action> actions() {
        return List.of(
                Action.of("channels.tail", text("channels.tail.start"), "T", panel::look)
                        .when(this::isOpen),
                Action.of(
                                "channels.stop",
                                text("channels.tail.stop"),
                                "S",
                                () -> model.tail().stop())
                        .when(() -> model.tail().state().get().goesOn()),
                Action.of("channels.publish", text("channels.publish.review"), "P", panel::openPublish)
                        .when(this::isOpen),
                Action.of("channels.refresh", text("channels.refresh"), "R", model::refresh));
    }
}
