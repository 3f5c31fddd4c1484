package dev.heliograph.console.testing;

import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.api.LiveFeed;
import dev.heliograph.console.api.StreamWish;
import dev.heliograph.console.value.Watch;
import dev.heliograph.console.wire.StreamMessage;
import dev.heliograph.console.wire.Topic;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A live stream that says what the test says, on the test's thread.
public final class TestFeed implements LiveFeed {

    private record Watcher(StreamWish wish, Listener listener) {}

    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

    @Override
    public Watch watch(StreamWish wish, Listener listener) {
        Watcher watcher = new Watcher(wish, listener);
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    /// What is being watched, the oldest first.
    public List<StreamWish> wishes() {
        return watchers.stream().map(Watcher::wish).toList();
    }

    /// What is being watched of a topic.
    public List<StreamWish> wishes(Topic topic) {
        return wishes().stream().filter(wish -> wish.topics().contains(topic)).toList();
    }

    /// Says this to all who watch the topic.
    public void say(Topic topic, StreamMessage message) {
        watchers.stream()
                .filter(each -> each.wish.topics().contains(topic))
                .forEach(each -> each.listener.onMessage(message));
    }

    public void interrupt(AdminException cause) {
        watchers.forEach(each -> each.listener.onInterrupted(cause));
    }

    /// Ends all streams that have the topic.
    public void end(Topic topic, AdminException cause) {
        List<Watcher> ended = watchers.stream()
                .filter(each -> each.wish.topics().contains(topic))
                .toList();
        watchers.removeAll(ended);
        ended.forEach(each -> each.listener.onEnd(cause));
    }
}
