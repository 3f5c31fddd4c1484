package dev.heliograph.server.observe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;

/// Holds back lines that repeat: of one logger, level and template no more than [#MAX_LINES] in [#WINDOW], and then one
/// line that says how many there would have been. Not for debug lines: whoever switches them on wants them all. Not
/// threadsafe.
final class RepeatLimit {

    static final int MAX_LINES = 20;

    static final Duration WINDOW = Duration.ofSeconds(10);

    /// Templates that are watched at once; the one unseen for longest goes first.
    static final int MAX_TEMPLATES = 512;

    private static final int MAX_TEMPLATE_CHARS = 200;

    /// What differs from one line to the next where a template is no constant.
    private static final Pattern VARIABLE = Pattern.compile("'[^']*+'|\\b\\p{XDigit}*\\d[\\p{XDigit}.:-]*+");

    private record Key(String logger, Level level, String template) {}

    private static final class Window {
        private final long began;
        private int lines;
        private long suppressed;

        Window(long began) {
            this.began = began;
        }
    }

    private final Map<Key, Window> windows = new LinkedHashMap<>(16, 0.75f, true);

    /// Summaries that are still to be written.
    private final List<LogRecord> left = new ArrayList<>();

    /// Whether a record may be written.
    ///
    /// @param now by [System#nanoTime]
    boolean admits(LogRecord entry, long now) {
        if (entry.getLevel().intValue() < Level.INFO.intValue()) {
            return true;
        }
        Key key = key(entry);
        Window window = windows.get(key);
        if (window == null || now - window.began >= WINDOW.toNanos()) {
            if (window != null) {
                summary(key, window, left);
            }
            window = new Window(now);
            windows.put(key, window);
        }
        if (windows.size() > MAX_TEMPLATES) {
            Iterator<Map.Entry<Key, Window>> eldest = windows.entrySet().iterator();
            Map.Entry<Key, Window> first = eldest.next();
            eldest.remove();
            summary(first.getKey(), first.getValue(), left);
        }
        if (window.lines < MAX_LINES) {
            window.lines++;
            return true;
        }
        window.suppressed++;
        return false;
    }

    /// How many templates it remembers.
    int templates() {
        return windows.size();
    }

    /// The lines about what was held back and is forgotten by now.
    List<LogRecord> takeSummaries() {
        List<LogRecord> lines = new ArrayList<>(left);
        left.clear();
        return lines;
    }

    /// Forgets the windows that are over, and returns the lines about what was held back.
    List<LogRecord> over(long now) {
        List<LogRecord> lines = takeSummaries();
        Iterator<Map.Entry<Key, Window>> all = windows.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Key, Window> each = all.next();
            if (now - each.getValue().began >= WINDOW.toNanos()) {
                all.remove();
                summary(each.getKey(), each.getValue(), lines);
            }
        }
        return lines;
    }

    private static void summary(Key key, Window window, List<LogRecord> target) {
        if (window.suppressed > 0) {
            LogRecord line = new LogRecord(
                    key.level,
                    "%d more lines like this one are held back: %s".formatted(window.suppressed, key.template));
            line.setLoggerName(key.logger);
            target.add(line);
        }
    }

    private static Key key(LogRecord entry) {
        String template = LogLine.of(entry, "").template();
        if (template.length() > MAX_TEMPLATE_CHARS) {
            template = template.substring(0, MAX_TEMPLATE_CHARS);
        }
        if (!template.contains("{")) {
            template = VARIABLE.matcher(template).replaceAll("*");
        }
        return new Key(String.valueOf(entry.getLoggerName()), entry.getLevel(), template);
    }
}
