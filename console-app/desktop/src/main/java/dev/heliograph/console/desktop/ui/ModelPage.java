package dev.heliograph.console.desktop.ui;

import dev.heliograph.console.value.Value;
import dev.heliograph.console.value.Watch;
import dev.heliograph.console.workspace.PageModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.scene.Parent;
import javafx.scene.layout.BorderPane;
import javafx.util.Duration;

/// A page over a model of its own: the model works while the page is in sight, and what the page watches ends with it.
/// On JavaFX's thread.
public abstract class ModelPage implements Page {

    private final PageModel model;
    private final BorderPane root = new BorderPane();
    private final Timeline seconds = new Timeline();
    private final List<Watch> watches = new ArrayList<>();

    /// @param model is closed with the page
    protected ModelPage(PageModel model) {
        Fx.checkThread();
        this.model = model;
        seconds.setCycleCount(Animation.INDEFINITE);
    }

    /// What is to be filled.
    protected final BorderPane root() {
        return root;
    }

    /// Shows a value and each later one, until the page is closed.
    protected final <T> void watch(Value<T> value, Consumer<? super T> show) {
        watches.add(Fx.show(value, show));
    }

    /// Does it each second while the page is in sight: times that are told become others. Once.
    protected final void everySecond(Runnable work) {
        seconds.getKeyFrames().setAll(new KeyFrame(Duration.seconds(1), _ -> work.run()));
    }

    /// Is closed with the page, before the model.
    protected final void closeLater(Watch part) {
        watches.add(part);
    }

    @Override
    public final Parent view() {
        return root;
    }

    @Override
    public final void shown() {
        model.shown();
        seconds.play();
    }

    @Override
    public final void hidden() {
        seconds.stop();
        model.hidden();
    }

    @Override
    public final void close() {
        seconds.stop();
        watches.forEach(Watch::close);
        model.close();
    }
}
