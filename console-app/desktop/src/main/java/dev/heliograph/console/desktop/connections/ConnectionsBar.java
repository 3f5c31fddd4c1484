package dev.heliograph.console.desktop.connections;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.connections.ConnectionsModel;
import dev.heliograph.console.connections.GroupBy;
import dev.heliograph.console.connections.GroupsState;
import dev.heliograph.console.connections.ListModel;
import dev.heliograph.console.connections.ListState;
import dev.heliograph.console.text.Formats;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// What stands above the connections: views, query, groups, how many rows, columns. On JavaFX's thread.
final class ConnectionsBar extends HBox {

    private static final List<Integer> WINDOWS = List.of(ListModel.LIVE_ROWS, 1_000, 5_000, ListModel.MOST_ROWS);

    private final ConnectionsModel model;
    private final ViewsMenu views;
    private final QueryBar query;
    private final MenuButton by = new MenuButton();
    private final MenuButton window = new MenuButton();
    private final ToggleGroup grouping = new ToggleGroup();
    private final ToggleGroup windows = new ToggleGroup();
    private Node listColumns = new Region();
    private Node groupColumns = new Region();
    private String applied = "";

    ConnectionsBar(ConnectionsModel model, Consumer<String> ask, ViewsMenu views) {
        super(8);
        this.model = model;
        this.views = views;
        this.query = new QueryBar(model::complete, ask);
        setAlignment(Pos.TOP_LEFT);
        setHgrow(query, Priority.ALWAYS);
        by.setId("group-by");
        by.setGraphic(new FontIcon(Feather.LAYERS));
        by.setMinWidth(USE_PREF_SIZE);
        by.getItems().add(choice(grouping, text("connections.by.none"), "none", () -> model.group(false)));
        Arrays.stream(GroupBy.values())
                .forEach(each -> by.getItems().add(choice(grouping, each.title(), each.name(), () -> group(each))));
        window.setId("window");
        window.setGraphic(new FontIcon(Feather.LIST));
        window.setMinWidth(USE_PREF_SIZE);
        WINDOWS.forEach(each -> window.getItems()
                .add(choice(
                        windows,
                        windowText(each),
                        each.toString(),
                        () -> model.list().window(each))));
        getChildren().addAll(views, query, by, window);
    }

    ViewsMenu views() {
        return views;
    }

    /// The choices of columns.
    void columns(Node ofList, Node ofGroups) {
        listColumns = ofList;
        groupColumns = ofGroups;
        getChildren().addAll(ofList, ofGroups);
        grouped(model.grouped().get());
    }

    void query(String next) {
        query.query(next);
    }

    String query() {
        return query.query().strip();
    }

    void focus() {
        query.focus();
    }

    /// Shows groups of what the query means.
    void group(GroupBy next) {
        model.groups().ask(next, model.groups().state().get().measure(), query());
        model.group(true);
    }

    /// Shows the next larger number of rows.
    void more() {
        int now = model.list().state().get().window();
        WINDOWS.stream().filter(each -> each > now).findFirst().ifPresent(model.list()::window);
    }

    void show(ListState state) {
        query.problem(state.refused());
        if (!state.loading() && state.refused().isEmpty() && !applied.equals(state.query())) {
            applied = state.query();
            query.query(applied);
        }
        window.setText(text("connections.window", Formats.count(state.window())));
        select(windows, Integer.toString(state.window()));
    }

    void show(GroupsState state) {
        if (model.grouped().get()) {
            by.setText(text("connections.by", state.by().title()));
            select(grouping, state.by().name());
        }
    }

    void grouped(boolean now) {
        show(listColumns, !now);
        show(groupColumns, now);
        window.setDisable(now);
        if (now) {
            show(model.groups().state().get());
        } else {
            by.setText(text("connections.by.title"));
            select(grouping, "none");
        }
    }

    private static void show(Node node, boolean now) {
        node.setVisible(now);
        node.setManaged(now);
    }

    private static String windowText(int rows) {
        return text(
                rows == ListModel.LIVE_ROWS ? "connections.window.live" : "connections.window.paged",
                Formats.count(rows));
    }

    private static RadioMenuItem choice(ToggleGroup group, String title, String key, Runnable run) {
        RadioMenuItem item = new RadioMenuItem(title);
        item.setId("choice-" + key);
        item.setUserData(key);
        item.setToggleGroup(group);
        item.setMnemonicParsing(false);
        item.setOnAction(_ -> run.run());
        return item;
    }

    private static void select(ToggleGroup group, String key) {
        group.getToggles().forEach(toggle -> toggle.setSelected(key.equals(toggle.getUserData())));
    }
}
