package dev.heliograph.console.cluster;

import dev.heliograph.console.text.Messages;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// The tokens of this console: in memory until it ends and, if the operator wishes and there is one, in the
/// keyring. Never in a file. Threadsafe; may block for the keyring.
public final class Tokens {

    private final Map<String, String> memory = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Supplier<Keyring.Found> finder;

    /// Guarded by `lock`.
    private Optional<Keyring.Found> known = Optional.empty();

    /// @param finder finds the keyring, the first time that it matters
    public Tokens(Supplier<Keyring.Found> finder) {
        this.finder = finder;
    }

    /// Without a keyring.
    public static Tokens inMemory() {
        return new Tokens(() -> new Keyring.Found(Optional.empty(), Messages.text("cluster.keyring.program")));
    }

    /// Whether there is a keyring that works.
    public boolean canRemember() {
        return found().keyring().isPresent();
    }

    /// A sentence that says where a token is kept.
    public String where(boolean remember) {
        if (!canRemember()) {
            return Messages.text("cluster.token.memory-only", found().why());
        }
        return Messages.text(remember ? "cluster.token.keyring" : "cluster.token.memory");
    }

    /// The token of a cluster, if there is one.
    ///
    /// @throws TokenStoreException if the keyring does not give it
    public Optional<String> find(String cluster) {
        Optional<String> here = Optional.ofNullable(memory.get(cluster));
        return here.isPresent() ? here : found().keyring().flatMap(keyring -> keyring.find(cluster));
    }

    /// Keeps it in memory and, if it should be remembered, in the keyring. If not, the keyring forgets it.
    ///
    /// @throws TokenStoreException if the keyring does not take it; then it is in memory all the same
    public void keep(String cluster, String token, boolean remember) {
        memory.put(cluster, token);
        found().keyring().ifPresent(keyring -> {
            if (remember) {
                keyring.put(cluster, token);
            } else {
                keyring.remove(cluster);
            }
        });
    }

    /// Forgets it everywhere.
    ///
    /// @throws TokenStoreException if the keyring keeps it
    public void forget(String cluster) {
        memory.remove(cluster);
        found().keyring().ifPresent(keyring -> keyring.remove(cluster));
    }

    /// A cluster has another name.
    public void rename(String before, String after) {
        find(before).ifPresent(token -> {
            boolean remembered =
                    found().keyring().flatMap(keyring -> keyring.find(before)).isPresent();
            keep(after, token, remembered);
            forget(before);
        });
    }

    private Keyring.Found found() {
        lock.lock();
        try {
            Keyring.Found there = known.orElseGet(finder);
            known = Optional.of(there);
            return there;
        } finally {
            lock.unlock();
        }
    }
}
