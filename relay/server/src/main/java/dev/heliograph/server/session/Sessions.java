package dev.heliograph.server.session;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// The connected sessions of this node, by client id and by user. Threadsafe.
public final class Sessions {

    private final Map<String, Session> byClient = new ConcurrentHashMap<>();
    private final Map<String, Set<Session>> byUser = new ConcurrentHashMap<>();
    private volatile Consumer<Session> farewell = _ -> {};

    void add(String user, Session session) {
        byUser.compute(user, (_, known) -> {
            Set<Session> all = known == null ? new HashSet<>(2) : known;
            all.add(session);
            return all;
        });
        byClient.put(session.id(), session);
    }

    void remove(String user, Session session) {
        byClient.remove(session.id());
        byUser.computeIfPresent(user, (_, all) -> {
            all.remove(session);
            return all.isEmpty() ? null : all;
        });
    }

    /// Says who hears of each connected session when it ends: on its mailbox, while its subscriptions are still
    /// there. Must neither block nor throw.
    public void whenEnding(Consumer<Session> listener) {
        farewell = listener;
    }

    void ending(Session session) {
        farewell.accept(session);
    }

    public Optional<Session> client(String id) {
        return Optional.ofNullable(byClient.get(id));
    }

    /// The sessions of a user; the empty user is the anonymous one.
    public List<Session> user(String user) {
        List<Session> sessions = new ArrayList<>();
        byUser.computeIfPresent(user, (_, all) -> {
            sessions.addAll(all);
            return all;
        });
        return sessions;
    }

    public Collection<Session> all() {
        return byClient.values();
    }

    public int clientCount() {
        return byClient.size();
    }

    /// Distinct users.
    public int userCount() {
        return byUser.size();
    }
}
