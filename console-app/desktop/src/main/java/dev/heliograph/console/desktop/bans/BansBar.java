package dev.heliograph.console.desktop.bans;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.bans.BanTexts;
import dev.heliograph.console.bans.BansModel;
import dev.heliograph.console.bans.BansModel.Section;
import dev.heliograph.console.bans.RulePager;
import dev.heliograph.console.desktop.ui.Fx;
import dev.heliograph.console.desktop.ui.form.SearchField;
import dev.heliograph.console.desktop.ui.form.SegmentedChoice;
import dev.heliograph.console.desktop.ui.form.SidePanel;
import dev.heliograph.console.value.Loaded;
import dev.heliograph.console.value.Watch;
import dev.heliograph.console.wire.IpRuleCheck;
import dev.heliograph.console.wire.IpRuleRow;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/// Above the lists: which one, what is searched for, and a check of an address; below them: the way to other pages.
final class BansBar {

    private final BansModel model;
    private final HBox top = new HBox();
    private final HBox bottom = new HBox();
    private final SegmentedChoice<Section> sections = new SegmentedChoice<>(
            text("bans.title"),
            List.of(Section.values()),
            each -> text("bans.section." + each.name().toLowerCase(Locale.ROOT)));
    private final SearchField search = new SearchField(text("bans.search"));
    private final TextField check = new TextField();
    private final Label answer = new Label();
    private final Label page = new Label();
    private final Button previous = new Button(text("bans.page.previous"));
    private final Button next = new Button(text("bans.page.next"));
    private final Watch watch;
    private final Watch section;

    BansBar(BansModel model) {
        this.model = model;
        style(top);
        style(bottom);
        bottom.getStyleClass().add("bottom");
        sections.onChoice(model::show);
        search.setId("bans-search");
        search.setMinWidth(140);
        search.onSearch(words -> model.current().search(words));
        field(check, "bans-check", text("bans.check.prompt"), 160);
        check.setOnAction(_ -> model.check(check.getText()));
        answer.setId("bans-check-answer");
        answer.setMinWidth(0);
        HBox.setHgrow(search, Priority.SOMETIMES);
        // Without an answer its gap would keep the field off the margin.
        answer.managedProperty().bind(answer.textProperty().isNotEmpty());
        top.getChildren().addAll(sections, search, check, answer);
        previous.setId("bans-previous");
        previous.setOnAction(_ -> model.current().previous());
        next.setId("bans-next");
        next.setOnAction(_ -> model.current().next());
        bottom.getChildren().addAll(previous, page, next);
        watch = Fx.show(model.check(), this::show);
        section = Fx.show(model.section(), this::show);
        show(Optional.empty());
    }

    private static void style(HBox bar) {
        bar.getStyleClass().add("page-bar");
        bar.getStylesheets()
                .add(Objects.requireNonNull(SidePanel.class.getResource("form.css"))
                        .toExternalForm());
    }

    private static void field(TextField field, String id, String prompt, double width) {
        field.setId(id);
        field.setPromptText(prompt);
        field.setAccessibleText(prompt);
        field.setPrefWidth(width);
        field.setMinWidth(120);
    }

    private void show(Section now) {
        sections.choose(now);
        search.setText(
                model.current().state().get().data().map(RulePager.Page::text).orElse(""));
    }

    private void show(Loaded<IpRuleCheck> loaded) {
        answer.setText(loaded.problem()
                .or(() -> loaded.data().map(BansBar::sentence))
                .orElse(loaded.loading() ? text("bans.check.asking") : ""));
    }

    private static String sentence(IpRuleCheck check) {
        IpRuleRow rule = check.rule();
        return rule == null
                ? text("bans.check.free", check.ip())
                : text("bans.check.rule", rule.cidr(), BanTexts.kind(rule.kind()));
    }

    /// Shows where in the list the page is.
    void show(Optional<RulePager.Page<?>> shown) {
        int number = shown.map(RulePager.Page::number).orElse(1);
        boolean more = shown.map(RulePager.Page::more).orElse(false);
        page.setText(text("bans.page", number));
        previous.setDisable(number == 1);
        next.setDisable(!more);
        // A list of one page needs no way to others.
        bottom.setVisible(number > 1 || more);
        bottom.setManaged(bottom.isVisible());
    }

    HBox top() {
        return top;
    }

    HBox pager() {
        return bottom;
    }

    void focus() {
        search.requestFocus();
    }

    void focusCheck() {
        check.requestFocus();
    }

    void close() {
        watch.close();
        section.close();
    }
}
