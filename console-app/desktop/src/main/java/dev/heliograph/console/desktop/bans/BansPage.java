package dev.heliograph.console.desktop.bans;

import static dev.heliograph.console.text.Messages.text;

import atlantafx.base.theme.Styles;
import dev.heliograph.console.bans.BanForm;
import dev.heliograph.console.bans.BanWish;
import dev.heliograph.console.bans.BansModel;
import dev.heliograph.console.bans.BansModel.Section;
import dev.heliograph.console.bans.GuardRules;
import dev.heliograph.console.bans.RulePager;
import dev.heliograph.console.desktop.ui.Action;
import dev.heliograph.console.desktop.ui.Commander;
import dev.heliograph.console.desktop.ui.ModelPage;
import dev.heliograph.console.desktop.ui.PageHeader;
import dev.heliograph.console.desktop.ui.file.FileKind;
import dev.heliograph.console.desktop.ui.file.TextFiles;
import dev.heliograph.console.desktop.ui.form.States;
import dev.heliograph.console.desktop.ui.form.TextPanel;
import dev.heliograph.console.desktop.ui.table.LiveTable;
import dev.heliograph.console.desktop.ui.table.RowAction;
import dev.heliograph.console.value.Loaded;
import dev.heliograph.console.wire.IpRuleRow;
import dev.heliograph.console.wire.RevocationRow;
import dev.heliograph.console.wire.UserBanRow;
import dev.heliograph.console.workspace.Background;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.BorderPane;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Who is kept out: rules for addresses, banned users, revoked tokens. On JavaFX's thread.
public final class BansPage extends ModelPage {

    private final BansModel model;
    private final Commander commander;
    private final Background background;
    private final LiveTable<String, IpRuleRow> addresses;
    private final LiveTable<String, UserBanRow> users;
    private final LiveTable<String, RevocationRow> revocations;
    private final BansBar bar;
    private final BanEditor editor;
    private final ImportPanel importing;
    private final TextPanel exported;

    /// @param background does what takes time
    /// @param files      for lists of rules
    public BansPage(BansModel model, Commander commander, Background background, TextFiles files) {
        super(model);
        this.model = model;
        this.commander = commander;
        this.background = background;
        editor = new BanEditor(model, commander, this::closePanel);
        importing = new ImportPanel(model, commander, files, this::closePanel);
        exported = new TextPanel("ban-export", text("bans.export"), files, this::closePanel);
        BanTables tables = new BanTables(model.clock());
        addresses = prepared(tables.addresses(this::create), GuardRules::wish);
        users = prepared(tables.users(this::create), GuardRules::wish);
        revocations = prepared(tables.revocations(this::create), GuardRules::wish);
        bar = new BansBar(model);
        Button create = button("ban-new", "bans.new", Feather.PLUS, this::create);
        create.getStyleClass().add(Styles.ACCENT);
        PageHeader header = new PageHeader(
                text("bans.title"),
                button("bans-import", "bans.import", Feather.UPLOAD, () -> panel(importing)),
                button("bans-export", "bans.export", Feather.DOWNLOAD, this::export),
                create);
        BorderPane lists = new BorderPane();
        lists.setTop(bar.top());
        lists.setBottom(bar.pager());
        root().setTop(header);
        root().setCenter(lists);
        everySecond(this::again);
        closeLater(editor::close);
        closeLater(bar::close);
        watch(model.section(), section -> lists.setCenter(table(section)));
        watch(model.addresses().state(), loaded -> show(addresses, model.addresses(), loaded));
        watch(model.users().state(), loaded -> show(users, model.users(), loaded));
        watch(model.revocations().state(), loaded -> show(revocations, model.revocations(), loaded));
    }

    private static Button button(String id, String key, Feather icon, Runnable run) {
        Button button = new Button(text(key), new FontIcon(icon));
        button.setId(id);
        button.setOnAction(_ -> run.run());
        return button;
    }

    private <R> LiveTable<String, R> prepared(LiveTable<String, R> table, Function<R, BanWish> wish) {
        table.actions(List.of(
                RowAction.<R>of("edit", text("bans.edit"), "E", rows -> edit(wish.apply(rows.getFirst())))
                        .single(),
                RowAction.<R>of("lift", text("bans.lift"), "Delete", rows -> lift(wish.apply(rows.getFirst())))
                        .single()));
        table.onOpen(row -> edit(wish.apply(row)));
        return table;
    }

    private LiveTable<String, ?> table(Section section) {
        return switch (section) {
            case ADDRESSES -> addresses;
            case USERS -> users;
            case REVOCATIONS -> revocations;
        };
    }

    private <R> void show(LiveTable<String, R> table, RulePager<R> pager, Loaded<RulePager.Page<R>> loaded) {
        table.publish(loaded.data().map(RulePager.Page::rows).orElse(List.of()));
        table.state(States.of(loaded, text("bans.reading"), pager::cancel, pager::refresh));
        if (model.current() == pager) {
            bar.show(loaded.data().map(page -> (RulePager.Page<?>) page));
        }
    }

    /// The same rows once more: their ends have come nearer.
    private void again() {
        addresses.publish(addresses.rows());
        users.publish(users.rows());
        revocations.publish(revocations.rows());
    }

    private void create() {
        BanForm.Kind kind = switch (model.section().get()) {
            case ADDRESSES -> BanForm.Kind.BAN;
            case USERS -> BanForm.Kind.USER;
            case REVOCATIONS -> BanForm.Kind.TOKEN;
        };
        open(BanForm.empty(kind), false);
    }

    private void edit(BanWish rule) {
        open(BanForm.of(rule), true);
    }

    /// @param there whether it is a rule that is there
    void open(BanForm form, boolean there) {
        editor.edit(form, there);
        panel(editor);
    }

    private void lift(BanWish rule) {
        commander.offer(
                text("bans.preparing", text("bans.lift")),
                () -> model.proposals().lift(rule));
    }

    private void selected(boolean lift) {
        Optional<BanWish> rule = switch (model.section().get()) {
            case ADDRESSES -> addresses.selectedRows().stream().findFirst().map(GuardRules::wish);
            case USERS -> users.selectedRows().stream().findFirst().map(GuardRules::wish);
            case REVOCATIONS -> revocations.selectedRows().stream().findFirst().map(GuardRules::wish);
        };
        rule.ifPresent(lift ? this::lift : this::edit);
    }

    private boolean isOneSelected() {
        return table(model.section().get()).selectedRows().size() == 1;
    }

    private void export() {
        exported.show(
                "ip-rules.txt",
                FileKind.TEXT,
                background.call(() -> model.lists().export()));
        panel(exported);
    }

    private void panel(Node panel) {
        root().setRight(panel);
        panel.requestFocus();
    }

    private void closePanel() {
        root().setRight(null);
        model.endPreview();
        table(model.section().get()).requestFocus();
    }

    @Override
    public void focus() {
        table(model.section().get()).requestFocus();
    }

    @Override
    public void search() {
        bar.focus();
    }

    @Override
    public List<Action> actions() {
        return List.of(
                Action.of("bans.new", text("bans.new"), "N", this::create),
                Action.of("bans.edit", text("bans.edit"), "E", () -> selected(false))
                        .when(this::isOneSelected),
                Action.of("bans.lift", text("bans.lift"), "L", () -> selected(true))
                        .when(this::isOneSelected),
                Action.of("bans.check", text("bans.check"), "C", bar::focusCheck),
                Action.of("bans.import", text("bans.import"), "I", () -> panel(importing)),
                Action.of("bans.export", text("bans.export"), "X", this::export),
                Action.of(
                        "bans.refresh",
                        text("bans.refresh"),
                        "R",
                        () -> model.current().refresh()));
    }
}
