package dev.heliograph.console.desktop.shell;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.text.Formats;
import dev.heliograph.console.workspace.LinkState;
import java.time.Clock;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Says when what the pages show is of before, and for how long; when the token is not accepted any more; and nothing
/// when all
/// is well.
final class LinkBanner extends HBox {

    private final Clock clock;
    private final DateTimeFormatter time;
    private final FontIcon sign = new FontIcon(Feather.WIFI_OFF);
    private final Label sentence = SheetFrame.sentence("");
    private final Button signIn = new Button(text("shell.link.sign-in"));
    private LinkState state = new LinkState.Connecting();

    /// @param signIn asks for another token
    LinkBanner(Clock clock, Runnable signIn) {
        this.clock = clock;
        this.time = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(clock.getZone());
        setId("link-banner");
        setSpacing(12);
        setAlignment(Pos.CENTER_LEFT);
        getStyleClass().add("link-banner");
        managedProperty().bind(visibleProperty());
        HBox.setHgrow(sentence, Priority.ALWAYS);
        sentence.setMaxWidth(Double.MAX_VALUE);
        this.signIn.setId("sign-in");
        this.signIn.setMinWidth(Region.USE_PREF_SIZE);
        this.signIn.managedProperty().bind(this.signIn.visibleProperty());
        this.signIn.setOnAction(_ -> signIn.run());
        getChildren().addAll(sign, sentence, this.signIn);
        show(state);
    }

    void show(LinkState next) {
        state = next;
        setVisible(!(next instanceof LinkState.Live));
        signIn.setVisible(next instanceof LinkState.SignedOut);
        getStyleClass().removeAll("connecting", "stale", "signed-out");
        getStyleClass()
                .add(
                        switch (next) {
                            case LinkState.Connecting _, LinkState.Live _ -> "connecting";
                            case LinkState.Stale _ -> "stale";
                            case LinkState.SignedOut _ -> "signed-out";
                        });
        sign.setIconCode(
                switch (next) {
                    case LinkState.Connecting _, LinkState.Live _ -> Feather.LOADER;
                    case LinkState.Stale _ -> Feather.WIFI_OFF;
                    case LinkState.SignedOut _ -> Feather.LOG_OUT;
                });
        tick();
    }

    /// The time goes on.
    void tick() {
        sentence.setText(
                switch (state) {
                    case LinkState.Connecting _ -> text("shell.link.connecting");
                    case LinkState.Live _ -> "";
                    case LinkState.Stale(var since, var cause) ->
                        text(
                                "shell.link.stale",
                                Durations.shortly(Duration.between(since, clock.instant())),
                                time.format(since),
                                Formats.sentence(cause.sentence()));
                    case LinkState.SignedOut(var cause) ->
                        text("shell.link.signed-out", Formats.sentence(cause.sentence()));
                });
    }
}
