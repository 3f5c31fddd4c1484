package dev.heliograph.console.bans;

import dev.heliograph.console.value.Loaded;
import dev.heliograph.console.value.Value;
import dev.heliograph.console.workspace.Background;
import dev.heliograph.console.workspace.Loader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A list of rules that the cluster pages and searches: one page of it, and the way to the next and back. Threadsafe.
public final class RulePager<R> implements AutoCloseable {

    /// Rules of a page.
    public static final int SIZE = 100;

    /// @param rows   of this page
    /// @param number of this page, from 1
    /// @param more   whether another page follows
    /// @param text   what was searched for
    public record Page<R>(List<R> rows, int number, boolean more, String text) {

        public Page {
            rows = List.copyOf(rows);
        }
    }

    /// Rows and whether more follow.
    record Answer<R>(List<R> rows, boolean more) {}

    /// Asks the cluster for a page.
    @FunctionalInterface
    interface Source<R> {
        Answer<R> page(String text, Optional<String> after, int limit);
    }

    private final Source<R> source;
    private final Function<R, String> key;
    private final Loader<Page<R>> loader;

    /// The last rows of the pages before this one; guarded by this.
    private final List<String> before = new ArrayList<>();

    /// Guarded by this.
    private String text = "";

    RulePager(Background background, Source<R> source, Function<R, String> key) {
        this.source = source;
        this.key = key;
        this.loader = new Loader<>(background);
    }

    public Value<Loaded<Page<R>>> state() {
        return loader.state();
    }

    /// The first page of those in which a text occurs: in name, reason or author.
    public synchronized void search(String wanted) {
        text = wanted.strip();
        before.clear();
        refresh();
    }

    /// This page again.
    public synchronized void refresh() {
        String wanted = text;
        Optional<String> after = before.isEmpty() ? Optional.empty() : Optional.of(before.getLast());
        int number = before.size() + 1;
        loader.load(() -> {
            Answer<R> answer = source.page(wanted, after, SIZE);
            return new Page<>(answer.rows(), number, answer.more(), wanted);
        });
    }

    /// The next page, if there is one.
    public synchronized void next() {
        loader.state().get().data().filter(Page::more).ifPresent(page -> {
            // Only from the page that is shown: a second click before the answer changes nothing.
            if (page.number() == before.size() + 1) {
                before.add(key.apply(page.rows().getLast()));
                refresh();
            }
        });
    }

    /// The page before, if there is one.
    public synchronized void previous() {
        if (!before.isEmpty()) {
            before.removeLast();
            refresh();
        }
    }

    /// Gives up the question that is on its way.
    public void cancel() {
        loader.cancel();
    }

    @Override
    public void close() {
        loader.close();
    }
}
