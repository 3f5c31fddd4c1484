package dev.heliograph.console.desktop.shell;

import static dev.heliograph.console.text.Messages.text;

import atlantafx.base.theme.Styles;
import dev.heliograph.console.wire.WhoAmI;
import dev.heliograph.console.workspace.LinkState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Which cluster this is, at which node and as whom, whether changes can be made, and the ways to everything else.
final class TopBar extends HBox {

    /// What its buttons do.
    record Ways(Runnable clusters, Runnable palette, Runnable arm, Runnable journal, Runnable theme, Runnable keys) {}

    private final Label node = new Label();
    private final Label operator = new Label();
    private final Button arm = new Button();
    private final FontIcon armSign = new FontIcon(Feather.LOCK);

    TopBar(ClusterLook look, Ways ways) {
        setId("top-bar");
        getStyleClass().add("top-bar");
        setAlignment(Pos.CENTER_LEFT);
        setSpacing(12);

        Region spot = new Region();
        spot.getStyleClass().add("cluster-spot");
        spot.setStyle("-fx-background-color: " + look.colour());
        Button cluster = new Button(look.name(), new HBox(spot));
        ((HBox) cluster.getGraphic()).setAlignment(Pos.CENTER);
        cluster.setId("cluster");
        cluster.setMnemonicParsing(false);
        cluster.getStyleClass().addAll(Styles.FLAT, "cluster-name");
        cluster.setTooltip(new Tooltip(text("shell.top.clusters")));
        cluster.setOnAction(_ -> ways.clusters().run());
        Label environment = new Label(look.environment());
        environment.getStyleClass().addAll("pill", look.production() ? "production" : "other");
        environment.setVisible(!look.environment().isEmpty());
        environment.managedProperty().bind(environment.visibleProperty());

        node.setId("node");
        node.getStyleClass().add(Styles.TEXT_MUTED);
        node.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        node.setMinWidth(0);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        operator.setId("operator");
        operator.getStyleClass().add(Styles.TEXT_MUTED);
        operator.setGraphic(new FontIcon(Feather.USER));
        operator.setVisible(false);

        Button palette = new Button(text("shell.top.palette"), new FontIcon(Feather.SEARCH));
        palette.setId("open-palette");
        palette.setMnemonicParsing(false);
        palette.getStyleClass().add("palette-button");
        palette.setOnAction(_ -> ways.palette().run());
        palette.setMinWidth(Region.USE_PREF_SIZE);
        arm.setId("arm-button");
        arm.setGraphic(armSign);
        arm.setMinWidth(Region.USE_PREF_SIZE);
        arm.setOnAction(_ -> ways.arm().run());
        showArmed(Optional.empty());

        getChildren()
                .addAll(
                        cluster,
                        environment,
                        node,
                        gap,
                        operator,
                        palette,
                        arm,
                        sign("open-journal", Feather.CLOCK, text("shell.journal.title"), "Ctrl+J", ways.journal()),
                        sign("switch-theme", Feather.SUN, text("shell.theme"), "Ctrl+T", ways.theme()),
                        sign("open-keys", Feather.COMMAND, text("shell.keys.title"), "?", ways.keys()));
        // What does not fit goes from the node's address only.
        List.of(cluster, environment, operator).forEach(part -> part.setMinWidth(Region.USE_PREF_SIZE));
    }

    void show(LinkState state) {
        if (state instanceof LinkState.Live(var address, WhoAmI who)) {
            node.setText(text("shell.top.node", address.getAuthority()));
            node.setTooltip(new Tooltip(address.toString()));
            operator.setText(text("shell.top.operator", who.name(), who.role()));
            operator.setVisible(true);
        } else {
            node.setText(text("shell.top.no-node"));
        }
    }

    /// @param left for how long changes can be made
    void showArmed(Optional<Duration> left) {
        arm.getStyleClass().removeAll("armed");
        if (left.isPresent()) {
            arm.getStyleClass().add("armed");
            armSign.setIconCode(Feather.UNLOCK);
            arm.setText(text("shell.top.armed", Durations.countdown(left.get())));
            arm.setAccessibleText(text("shell.top.armed.accessible", Durations.shortly(left.get())));
        } else {
            armSign.setIconCode(Feather.LOCK);
            arm.setText(text("shell.top.read-only"));
            arm.setAccessibleText(text("shell.top.read-only.accessible"));
        }
    }

    private static Button sign(String id, Ikon icon, String what, String key, Runnable run) {
        Button button = new Button(null, new FontIcon(icon));
        button.setId(id);
        button.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT);
        button.setAccessibleText(what);
        button.setTooltip(new Tooltip(text("shell.top.tooltip", what, key)));
        button.setOnAction(_ -> run.run());
        return button;
    }
}
