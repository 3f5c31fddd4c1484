package dev.heliograph.server.guard;

import dev.heliograph.server.control.Document;
import dev.heliograph.server.control.DocumentListener;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The users that are banned. Threadsafe.
final class UserBans implements DocumentListener<UserBan> {

    private final Map<String, Hits> byUser = new ConcurrentHashMap<>();
    private final Runnable changed;

    /// @param changed run behind each new ban
    UserBans(Runnable changed) {
        this.changed = changed;
    }

    @Override
    public void put(Document<UserBan> document) {
        byUser.putIfAbsent(document.id(), new Hits());
        changed.run();
    }

    @Override
    public void removed(String id) {
        byUser.remove(id);
    }

    /// What counts the ban's hits, if there is one.
    Optional<Hits> find(String user) {
        return user.isEmpty() ? Optional.empty() : Optional.ofNullable(byUser.get(user));
    }
}
