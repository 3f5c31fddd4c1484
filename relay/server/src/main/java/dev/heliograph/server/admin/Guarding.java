package dev.heliograph.server.admin;

import dev.heliograph.server.guard.Editor;
import dev.heliograph.server.guard.Preview;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the routes of rules have in common: paging, whom a change hits, and who makes it.
final class Guarding {

    static final Param TEXT = Param.text("text", "What occurs in it, in any case of letters.");
    static final Param AFTER = Param.text("after", "The id of the last one of the page before.");
    static final Param LIMIT = Param.integer("limit", "Of a page, 1 to 1000; 100 without it.");

    /// One who would be hit.
    record Hit(String id, String ip, String user) {}

    /// @param matching connections that it is for
    /// @param hit      those of them that it disconnects, or would refuse if they came now
    /// @param examples 20 at most
    record PreviewView(long matching, long hit, List<Hit> examples) {
        static PreviewView of(Preview preview) {
            return new PreviewView(
                    preview.matching(),
                    preview.hit(),
                    preview.examples().stream()
                            .map(each -> new Hit(each.client(), each.address(), each.user()))
                            .toList());
        }
    }

    private Guarding() {}

    static @Nullable Long orNull(long value) {
        return value == 0 ? null : value;
    }

    static long orZero(@Nullable Long value) {
        return value == null ? 0 : value;
    }

    static Editor editor(Call call) {
        Operator operator = call.operator();
        return new Editor(operator.name(), operator.role().text(), operator.from(), call.reason());
    }

    static String text(Call call) {
        return call.text(TEXT.name()).orElse("");
    }

    static String after(Call call) {
        return call.text(AFTER.name()).orElse("");
    }
}
