package dev.heliograph.server.control;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// What a listener heard: `id=text`, and `-id` for one that is gone.
final class Heard implements DocumentListener<Note> {

    final List<String> words = new CopyOnWriteArrayList<>();
    final List<Long> revisions = new CopyOnWriteArrayList<>();
    final AtomicInteger overlaps = new AtomicInteger();
    private final AtomicInteger inside = new AtomicInteger();

    @Override
    public void put(Document<Note> document) {
        hear(document.id() + "=" + document.body().text());
        revisions.add(document.revision());
    }

    @Override
    public void removed(String id) {
        hear("-" + id);
    }

    private void hear(String word) {
        if (inside.incrementAndGet() > 1) {
            overlaps.incrementAndGet();
        }
        words.add(word);
        inside.decrementAndGet();
    }
}
