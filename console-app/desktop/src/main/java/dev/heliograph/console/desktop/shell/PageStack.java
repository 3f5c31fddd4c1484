package dev.heliograph.console.desktop.shell;

import dev.heliograph.console.desktop.ui.Fx;
import dev.heliograph.console.desktop.ui.Page;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import javafx.application.Platform;

/// The pages of one cluster, of which one is open. A page is made when it is opened first and lives until the
/// stack is
/// closed; only the one that is open is `shown`, and only while the stack itself is in sight. On JavaFX's
/// thread.
final class PageStack implements AutoCloseable {

    private final List<PageEntry> entries;
    private final BiConsumer<PageEntry, Page> opened;
    private final Map<String, Page> pages = new HashMap<>();
    private Optional<PageEntry> current = Optional.empty();
    private boolean inSight;

    /// @param entries at least one
    /// @param opened  puts the page that is opened where it is to be seen
    PageStack(List<PageEntry> entries, BiConsumer<PageEntry, Page> opened) {
        this.entries = List.copyOf(entries);
        this.opened = opened;
    }

    List<PageEntry> entries() {
        return entries;
    }

    /// The one that is open: after the first call of [#open], always one.
    PageEntry current() {
        return current.orElseThrow();
    }

    /// The page of this id; made now, if it was not yet.
    ///
    /// @throws NoSuchElementException if there is none of this id
    Page page(String id) {
        return pages.computeIfAbsent(id, _ -> entry(id).make().get());
    }

    /// @throws NoSuchElementException if there is none of this id
    void open(String id) {
        Fx.checkThread();
        PageEntry next = entry(id);
        if (current.filter(next::equals).isPresent()) {
            focus();
            return;
        }
        Page page = page(id);
        if (inSight) {
            current.ifPresent(before -> page(before.id()).hidden());
        }
        current = Optional.of(next);
        opened.accept(next, page);
        if (inSight) {
            page.shown();
            page.focus();
        }
    }

    /// Gives the keyboard to the one that is open.
    void focus() {
        page(current().id()).focus();
    }

    /// Gives the keyboard to the field that looks for something, on the one that is open.
    void search() {
        page(current().id()).search();
    }

    /// All of them come into sight, with the one that is open.
    ///
    /// @param focus whether it is to have the keyboard, asked when it can
    void shown(BooleanSupplier focus) {
        inSight = true;
        page(current().id()).shown();
        // Only what is in a scene takes the focus.
        Platform.runLater(() -> {
            if (focus.getAsBoolean()) {
                focus();
            }
        });
    }

    void hidden() {
        inSight = false;
        page(current().id()).hidden();
    }

    @Override
    public void close() {
        pages.values().forEach(Page::close);
    }

    private PageEntry entry(String id) {
        return entries.stream().filter(e -> e.id().equals(id)).findFirst().orElseThrow();
    }
}
