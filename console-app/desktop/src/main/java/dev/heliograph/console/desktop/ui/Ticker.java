package dev.heliograph.console.desktop.ui;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.scene.Node;
import javafx.util.Duration;

/// One clock for all nodes that show how long ago something was: once a second while any of them is shown, else never.
/// On JavaFX's thread.
final class Ticker {

    /// A node that wants to be told.
    interface Ticking {

        void tick();
    }

    private static final Ticker SHARED = new Ticker();

    private final Set<Node> nodes = Collections.newSetFromMap(new WeakHashMap<>());
    private final Timeline timeline = new Timeline(new KeyFrame(Duration.seconds(1), _ -> tick()));

    private Ticker() {
        timeline.setCycleCount(Timeline.INDEFINITE);
    }

    /// Tells the node from now on whenever it is in a scene; the node itself is not kept.
    static <N extends Node & Ticking> void follow(N node) {
        node.sceneProperty().subscribe(scene -> {
            if (scene != null) {
                SHARED.nodes.add(node);
                SHARED.timeline.play();
            } else {
                SHARED.nodes.remove(node);
                SHARED.rest();
            }
        });
    }

    static boolean isRunning() {
        return SHARED.timeline.getStatus() == Timeline.Status.RUNNING;
    }

    private void tick() {
        List<Node> now = new ArrayList<>(nodes);
        for (Node node : now) {
            if (node instanceof Ticking ticking) {
                ticking.tick();
            }
        }
        rest();
    }

    private void rest() {
        if (nodes.isEmpty()) {
            timeline.stop();
        }
    }
}
