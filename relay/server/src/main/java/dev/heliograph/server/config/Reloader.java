package dev.heliograph.server.config;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Gives a running relay another configuration, all of it or nothing, without a word to any connection. Threadsafe; one
/// change after the other.
///
/// ```
///  read ─► compare with what is in force ─► every part makes ready, changing nothing ─► every part takes it
///   │           │ a setting that can not change while the relay runs    │ a part can not
///   └───────────┴──────────────────────► ConfigException; nothing has changed ◄─────────┘
/// ```
public final class Reloader {

    /// A part of the relay that takes a new configuration.
    public interface Part {

        /// Makes ready for a configuration; changes nothing yet.
        ///
        /// @throws ConfigException if it can not be taken
        Prepared prepare(RelayConfig next);
    }

    /// A part that is ready; one of the two methods that end it is called.
    public interface Prepared {

        /// What changes besides settings, such as a file that a setting names.
        default List<ConfigChange> changes() {
            return List.of();
        }

        /// Takes the new configuration. Only the part that was added first may still refuse, with an exception.
        void commit();

        /// Gives up what was made ready.
        default void discard() {}
    }

    private final List<Part> parts = new ArrayList<>();
    private final ReentrantLock changing = new ReentrantLock();
    private volatile RelayConfig current;
    private volatile Supplier<RelayConfig> source;

    /// @param first what is in force
    public Reloader(RelayConfig first) {
        this.current = first;
        this.source = () -> current;
    }

    /// Has a part take part in every change from now on.
    public void add(Part part) {
        changing.lock();
        try {
            parts.add(part);
        } finally {
            changing.unlock();
        }
    }

    /// Says from where [#reload] and [#preview()] read: the file that the relay was started with.
    public void readFrom(Supplier<RelayConfig> file) {
        source = file;
    }

    /// What is in force.
    public RelayConfig current() {
        return current;
    }

    /// What [#reload] would change.
    ///
    /// @throws ConfigException with all reasons why it would refuse
    public ConfigDiff preview() {
        return preview(source.get());
    }

    /// What [#apply] would change.
    ///
    /// @throws ConfigException with all reasons why it would refuse
    public ConfigDiff preview(RelayConfig next) {
        return change(next, false);
    }

    /// Reads the configuration again and puts it in force. Files that it names, such as certificates, are read
    /// too.
    ///
    /// @return what has changed
    /// @throws ConfigException with all reasons, if nothing has changed because of them
    public ConfigDiff reload() {
        return apply(source.get());
    }

    /// Puts a configuration in force.
    ///
    /// @return what has changed
    /// @throws ConfigException with all reasons, if nothing has changed because of them
    public ConfigDiff apply(RelayConfig next) {
        return change(next, true);
    }

    private ConfigDiff change(RelayConfig next, boolean commit) {
        changing.lock();
        try {
            ConfigDiff diff = ConfigDiff.between(current, next);
            List<String> fixed = diff.needRestart();
            if (!fixed.isEmpty()) {
                throw new ConfigException(fixed.stream()
                        .map(key -> key + ": can not change while the relay runs; restart it")
                        .toList());
            }
            List<Prepared> prepared = prepare(next);
            List<ConfigChange> changes = new ArrayList<>(diff.changes());
            prepared.forEach(each -> changes.addAll(each.changes()));
            if (commit) {
                commit(prepared);
                current = next;
            } else {
                prepared.forEach(Prepared::discard);
            }
            return new ConfigDiff(changes);
        } finally {
            changing.unlock();
        }
    }

    private List<Prepared> prepare(RelayConfig next) {
        List<Prepared> prepared = new ArrayList<>();
        try {
            parts.forEach(part -> prepared.add(part.prepare(next)));
            return prepared;
        } catch (RuntimeException e) {
            prepared.forEach(Prepared::discard);
            throw e;
        }
    }

    private static void commit(List<Prepared> prepared) {
        for (int i = 0; i < prepared.size(); i++) {
            try {
                prepared.get(i).commit();
            } catch (RuntimeException e) {
                if (i == 0) {
                    prepared.forEach(Prepared::discard);
                }
                throw e;
            }
        }
    }
}
