package dev.heliograph.console.desktop.bans;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.bans.BanProposals.Outlook;
import dev.heliograph.console.desktop.ui.Tone;
import dev.heliograph.console.desktop.ui.form.Notice;
import dev.heliograph.console.value.Loaded;
import dev.heliograph.console.wire.Hit;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/// Who would be hit by a rule that is being written.
final class OutlookView extends VBox {

    private static final int SHOWN = 8;

    private final Label part = new Label(text("bans.outlook.title"));
    private final Label number = new Label();
    private final VBox examples = new VBox(2);
    private final Notice own = new Notice(Tone.BAD);
    private final Notice failed = new Notice(Tone.WARNING);

    OutlookView() {
        super(8);
        setId("ban-outlook");
        part.getStyleClass().add("part");
        number.setId("ban-hits");
        number.getStyleClass().add("number");
        number.setWrapText(true);
        getChildren().addAll(part, number, examples, own, failed);
        show(Loaded.nothing());
    }

    void show(Loaded<Outlook> loaded) {
        examples.getChildren().clear();
        own.say("");
        failed.say(loaded.problem().orElse(""));
        loaded.data().ifPresentOrElse(this::show, () -> nothing(loaded.loading()));
    }

    private void nothing(boolean loading) {
        number.setText(text(loading ? "bans.outlook.counting" : "bans.outlook.nothing"));
        number.getStyleClass().setAll("label", "hint");
    }

    private void show(Outlook outlook) {
        number.getStyleClass().setAll("label", "number");
        number.setText(outlook.blast().sentence());
        outlook.preview().examples().stream()
                .limit(SHOWN)
                .map(OutlookView::line)
                .forEach(examples.getChildren()::add);
        long others = outlook.preview().matching() - examples.getChildren().size();
        if (others > 0 && !examples.getChildren().isEmpty()) {
            Label more = new Label(text("bans.outlook.more", others));
            more.getStyleClass().add("hint");
            examples.getChildren().add(more);
        }
        outlook.own().ifPresent(sentence -> own.say(text("bans.own.choice", sentence)));
    }

    private static Label line(Hit hit) {
        Label label = new Label(hit.user().isEmpty() ? hit.ip() : text("bans.examples.user", hit.ip(), hit.user()));
        label.getStyleClass().add("mono");
        return label;
    }
}
