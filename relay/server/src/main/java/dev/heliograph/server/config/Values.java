package dev.heliograph.server.config;

import dev.heliograph.server.config.Type.Malformed;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// The values of some settings: what was given, else the defaults. What is wrong is collected, and a default taken in
/// its place, so that one start shows all problems.
final class Values {

    private final Map<String, String> given;
    private final Map<String, Setting> settings = new HashMap<>();
    private final UnaryOperator<String> where;
    private final List<String> problems;
    private final Set<String> unread;

    /// @param where    says for a key where a reader finds it
    /// @param problems added to
    Values(Map<String, String> given, List<Setting> settings, UnaryOperator<String> where, List<String> problems) {
        this.given = given;
        settings.forEach(setting -> this.settings.put(setting.key(), setting));
        this.where = where;
        this.problems = problems;
        this.unread = new HashSet<>(this.settings.keySet());
    }

    void problem(String key, String reason) {
        problems.add(where.apply(key) + ": " + reason);
    }

    /// Keys of the table that nobody asked for.
    Set<String> unread() {
        return unread;
    }

    String string(String key) {
        return read(key, String.class);
    }

    /// A secret of before, which is accepted beside the one that took its place: there is none without that one, and it
    /// is another.
    String previous(String key, String successor) {
        String previous = string(key);
        if (!previous.isEmpty() && string(successor).isEmpty()) {
            problem(key, "needs " + successor);
        } else if (!previous.isEmpty() && previous.equals(string(successor))) {
            problem(key, "is that of " + successor);
        }
        return previous;
    }

    boolean bool(String key) {
        return read(key, Boolean.class);
    }

    int integer(String key) {
        return read(key, Integer.class);
    }

    Duration duration(String key) {
        return read(key, Duration.class);
    }

    long size(String key) {
        return read(key, Long.class);
    }

    List<String> list(String key) {
        return read(key, Type.TextList.class).texts();
    }

    private <T> T read(String key, Class<T> as) {
        Setting setting = settings.get(key);
        if (setting == null) {
            throw new IllegalArgumentException("the table has no " + key);
        }
        unread.remove(key);
        String text = given.get(key);
        if (text != null) {
            try {
                return as.cast(setting.type().parse(text.strip()));
            } catch (Malformed e) {
                problem(key, e.reason());
            }
        }
        try {
            return as.cast(setting.type().parse(setting.defaultValue()));
        } catch (Malformed e) {
            throw new IllegalStateException("default of " + key + ": " + e.reason());
        }
    }
}
