package dev.heliograph.server.guard;

import dev.heliograph.server.control.Document;
import dev.heliograph.server.control.DocumentListener;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The tokens that are revoked. Threadsafe.
final class Revocations implements DocumentListener<Revocation> {

    /// @param id of the document
    record Entry(String id, Revocation revocation, Hits hits) {}

    private final Map<String, Entry> byId = new ConcurrentHashMap<>();
    private final Map<String, Entry> byJti = new ConcurrentHashMap<>();
    private final Map<String, Entry> byUser = new ConcurrentHashMap<>();
    private final Runnable changed;

    /// @param changed run behind each new revocation
    Revocations(Runnable changed) {
        this.changed = changed;
    }

    @Override
    public void put(Document<Revocation> document) {
        removed(document.id());
        Entry entry = new Entry(document.id(), document.body(), new Hits());
        byId.put(entry.id(), entry);
        if (entry.revocation().jti().isEmpty()) {
            byUser.put(entry.revocation().user(), entry);
        } else {
            byJti.put(entry.revocation().jti(), entry);
        }
        changed.run();
    }

    @Override
    public void removed(String id) {
        Entry entry = byId.remove(id);
        if (entry != null) {
            byUser.remove(entry.revocation().user(), entry);
            byJti.remove(entry.revocation().jti(), entry);
        }
    }

    Optional<Entry> get(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /// What revokes a token.
    ///
    /// @param jti      empty if it has none
    /// @param issuedAt in Unix seconds; 0 if it does not say
    Optional<Entry> find(String user, String jti, long issuedAt) {
        Entry one = jti.isEmpty() ? null : byJti.get(jti);
        if (one != null) {
            return Optional.of(one);
        }
        Entry all = user.isEmpty() ? null : byUser.get(user);
        return all != null && issuedAt < all.revocation().issuedBefore() ? Optional.of(all) : Optional.empty();
    }
}
