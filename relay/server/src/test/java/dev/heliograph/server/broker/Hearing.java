package dev.heliograph.server.broker;

import dev.heliograph.protocol.ClientInfo;
import dev.heliograph.protocol.Publication;
import dev.heliograph.protocol.StreamPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// A listener that remembers, in order, what it was told. Threadsafe.
final class Hearing implements Broker.Listener {

    sealed interface News {
        String channel();

        record Published(String channel, String epoch, Publication publication) implements News {}

        record Joined(String channel, ClientInfo info) implements News {}

        record Left(String channel, ClientInfo info) implements News {}

        record Reached(String channel, StreamPosition position) implements News {}
    }

    private volatile Consumer<String> capacity = _ -> {};
    private final List<News> news = new ArrayList<>();
    private final List<News.Reached> positions = new CopyOnWriteArrayList<>();

    @Override
    public void onPublication(String channel, String epoch, Publication publication, long since) {
        add(new News.Published(channel, epoch, publication));
    }

    @Override
    public void awaitCapacity(String channel) {
        capacity.accept(channel);
    }

    @Override
    public void onJoin(String channel, ClientInfo info) {
        add(new News.Joined(channel, info));
    }

    @Override
    public void onLeave(String channel, ClientInfo info) {
        add(new News.Left(channel, info));
    }

    /// Apart from the rest, since it may come at any time.
    @Override
    public void onPosition(String channel, StreamPosition position) {
        positions.add(new News.Reached(channel, position));
    }

    /// Says what happens when a broker asks whether there is room for a publication.
    void onCapacity(Consumer<String> action) {
        capacity = action;
    }

    /// Where streams stood, as it was told.
    List<News.Reached> positions() {
        return positions;
    }

    private synchronized void add(News item) {
        news.add(item);
    }

    /// Everything about a channel so far.
    synchronized List<News> of(String channel) {
        return news.stream().filter(item -> item.channel().equals(channel)).toList();
    }

    List<Publication> publications(String channel) {
        return of(channel).stream()
                .filter(News.Published.class::isInstance)
                .map(item -> ((News.Published) item).publication())
                .toList();
    }

    List<String> texts(String channel) {
        return publications(channel).stream()
                .map(publication -> publication.data().text())
                .toList();
    }
}
