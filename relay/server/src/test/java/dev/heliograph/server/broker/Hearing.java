package dev.heliograph.server.broker;

import dev.heliograph.protocol.ClientInfo;
import dev.heliograph.protocol.Publication;
import java.util.ArrayList;
import java.util.List;

/// A listener that remembers, in order, what it was told. Threadsafe.
final class Hearing implements Broker.Listener {

    sealed interface News {
        String channel();

        record Published(String channel, String epoch, Publication publication) implements News {}

        record Joined(String channel, ClientInfo info) implements News {}

        record Left(String channel, ClientInfo info) implements News {}
    }

    private final List<News> news = new ArrayList<>();

    @Override
    public void onPublication(String channel, String epoch, Publication publication) {
        add(new News.Published(channel, epoch, publication));
    }

    @Override
    public void onJoin(String channel, ClientInfo info) {
        add(new News.Joined(channel, info));
    }

    @Override
    public void onLeave(String channel, ClientInfo info) {
        add(new News.Left(channel, info));
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
