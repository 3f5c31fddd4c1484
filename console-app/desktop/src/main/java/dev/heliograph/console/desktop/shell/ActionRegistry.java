package dev.heliograph.console.desktop.shell;

import dev.heliograph.console.desktop.ui.Action;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/// All that can be done: everywhere, and on the page in sight. Feeds the palette, the sheet of keys and the keyboard.
/// On
/// JavaFX's thread.
public final class ActionRegistry {

    private final List<Action> everywhere = new ArrayList<>();
    private List<Action> page = List.of();

    /// One more that can be done everywhere.
    ///
    /// @throws IllegalArgumentException if its id or its key is taken
    public void add(Action action) {
        List<Action> all = new ArrayList<>(everywhere);
        all.add(action);
        check(all);
        everywhere.add(action);
    }

    /// A key of the page wins over the same key everywhere.
    ///
    /// @throws IllegalArgumentException if two of the page have one id or one key
    void setPage(List<Action> actions) {
        check(actions);
        page = List.copyOf(actions);
    }

    /// Those that can be done everywhere, without what the page has another use of the key for.
    List<Action> everywhere() {
        return everywhere.stream()
                .filter(action -> action.key().isEmpty()
                        || page.stream().noneMatch(own -> own.key().equals(action.key())))
                .toList();
    }

    List<Action> page() {
        return page;
    }

    /// Those of the page first.
    List<Action> all() {
        List<Action> all = new ArrayList<>(page);
        all.addAll(everywhere());
        return all;
    }

    /// Does what the key stands for, if it stands for something that can be done now, and consumes it.
    void press(KeyEvent event) {
        boolean writing = event.getTarget() instanceof TextInputControl;
        for (Action action : all()) {
            boolean meant = action.matches(event)
                    && !(writing && action.key().orElseThrow().types());
            if (meant && action.enabled().getAsBoolean()) {
                event.consume();
                action.run().run();
                return;
            }
        }
    }

    private static void check(List<Action> actions) {
        Map<Object, Action> taken = new HashMap<>();
        for (Action action : actions) {
            refuse(taken.put(action.id(), action), action);
            action.key().ifPresent(key -> refuse(taken.put(key, action), action));
        }
    }

    private static void refuse(@Nullable Action before, Action action) {
        if (before != null) {
            throw new IllegalArgumentException(action.id() + " has the id or the key of " + before.id());
        }
    }
}
