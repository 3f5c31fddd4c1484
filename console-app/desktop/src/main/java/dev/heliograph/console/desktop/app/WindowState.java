package dev.heliograph.console.desktop.app;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heliograph.console.desktop.theme.Theme;
import dev.heliograph.console.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Rectangle2D;

/// Where the window was, how large, and how it looked: kept from one start to the next.
///
/// @param bounds    of the window when it is not maximized
/// @param maximized whether it fills the screen
/// @param theme     as the operator wants it
record WindowState(Rectangle2D bounds, boolean maximized, Theme.Choice theme) {

    static final double USUAL_WIDTH = 1280;
    static final double USUAL_HEIGHT = 800;

    /// Of what is smaller one cannot get hold.
    private static final double LEAST_WIDTH = 800;

    private static final double LEAST_HEIGHT = 500;
    private static final ObjectMapper JSON = new ObjectMapper();

    /// What the file says, as far as it can be read and its window can be seen on one of the screens; else a window of
    /// usual size in the middle of the first one.
    static WindowState load(Path file, List<Rectangle2D> screens) {
        Optional<JsonNode> kept = read(file);
        Rectangle2D bounds = kept.flatMap(WindowState::bounds)
                .flatMap(b -> clamp(b, screens))
                .orElseGet(() -> usual(screens.getFirst()));
        boolean maximized = kept.map(k -> k.path("maximized").asBoolean()).orElse(false);
        Theme.Choice theme = kept.map(k -> k.path("theme").asText())
                .flatMap(WindowState::theme)
                .orElse(Theme.Choice.SYSTEM);
        return new WindowState(bounds, maximized, theme);
    }

    /// Keeps it, in place of what was kept, as a whole or not at all.
    void save(Path file) throws IOException {
        ObjectNode node = JSON.createObjectNode();
        node.put("x", bounds.getMinX());
        node.put("y", bounds.getMinY());
        node.put("width", bounds.getWidth());
        node.put("height", bounds.getHeight());
        node.put("maximized", maximized);
        node.put("theme", theme.name());
        AtomicFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(node));
    }

    /// Moved and shrunk so that it lies on the screen that it lies on mostly; empty if it lies on none, since that
    /// screen
    /// is gone.
    static Optional<Rectangle2D> clamp(Rectangle2D bounds, List<Rectangle2D> screens) {
        return screens.stream()
                .filter(screen -> common(screen, bounds) > 0)
                .max((a, b) -> Double.compare(common(a, bounds), common(b, bounds)))
                .map(screen -> {
                    double width = Math.min(Math.max(bounds.getWidth(), LEAST_WIDTH), screen.getWidth());
                    double height = Math.min(Math.max(bounds.getHeight(), LEAST_HEIGHT), screen.getHeight());
                    double x = Math.clamp(bounds.getMinX(), screen.getMinX(), screen.getMaxX() - width);
                    double y = Math.clamp(bounds.getMinY(), screen.getMinY(), screen.getMaxY() - height);
                    return new Rectangle2D(x, y, width, height);
                });
    }

    private static Rectangle2D usual(Rectangle2D screen) {
        double width = Math.min(USUAL_WIDTH, screen.getWidth());
        double height = Math.min(USUAL_HEIGHT, screen.getHeight());
        return new Rectangle2D(
                screen.getMinX() + (screen.getWidth() - width) / 2,
                screen.getMinY() + (screen.getHeight() - height) / 2,
                width,
                height);
    }

    private static double common(Rectangle2D a, Rectangle2D b) {
        double width = Math.min(a.getMaxX(), b.getMaxX()) - Math.max(a.getMinX(), b.getMinX());
        double height = Math.min(a.getMaxY(), b.getMaxY()) - Math.max(a.getMinY(), b.getMinY());
        return width > 0 && height > 0 ? width * height : 0;
    }

    private static Optional<JsonNode> read(Path file) {
        try {
            return Optional.of(JSON.readTree(Files.readAllBytes(file)));
        } catch (JacksonException _) {
            // A window is no reason not to start.
            return Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static Optional<Rectangle2D> bounds(JsonNode kept) {
        double width = kept.path("width").asDouble();
        double height = kept.path("height").asDouble();
        if (!kept.path("x").isNumber() || !kept.path("y").isNumber() || !(width > 0) || !(height > 0)) {
            return Optional.empty();
        }
        return Optional.of(
                new Rectangle2D(kept.path("x").asDouble(), kept.path("y").asDouble(), width, height));
    }

    private static Optional<Theme.Choice> theme(String name) {
        for (Theme.Choice choice : Theme.Choice.values()) {
            if (choice.name().equals(name)) {
                return Optional.of(choice);
            }
        }
        return Optional.empty();
    }
}
