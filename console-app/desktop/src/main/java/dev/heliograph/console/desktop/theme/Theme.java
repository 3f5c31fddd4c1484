package dev.heliograph.console.desktop.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import dev.heliograph.console.desktop.ui.Fx;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ChangeListener;
import javafx.css.PseudoClass;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.text.Font;

/// Light or dark, as the system is or as the operator wants it; and the console's own stylesheet on top of that of
/// AtlantaFX. One for the whole application, since JavaFX has one user agent stylesheet. On JavaFX's thread.
///
/// The root of a scene that was given to [#style] has the pseudo-class `dark` while it is dark.
public final class Theme {

    /// What the operator wants.
    public enum Choice {
        SYSTEM,
        LIGHT,
        DARK
    }

    private static final PseudoClass DARK = PseudoClass.getPseudoClass("dark");
    private static final List<String> FONTS =
            List.of("HeliographSans-Regular.ttf", "HeliographSans-Bold.ttf", "HeliographMono-Regular.ttf");

    private final ReadOnlyObjectWrapper<ColorScheme> scheme = new ReadOnlyObjectWrapper<>(ColorScheme.LIGHT);
    private final ChangeListener<ColorScheme> systemChanged = (_, _, _) -> apply();

    /// Weak: the theme lives longer than any window.
    private final Set<Scene> styled = Collections.newSetFromMap(new WeakHashMap<>());

    private Choice choice = Choice.SYSTEM;

    /// Loads the fonts and follows the system.
    public Theme() {
        Fx.checkThread();
        FONTS.forEach(Theme::load);
        Platform.getPreferences().colorSchemeProperty().addListener(systemChanged);
        apply();
    }

    public Choice choice() {
        return choice;
    }

    public void choose(Choice next) {
        Fx.checkThread();
        choice = next;
        apply();
    }

    /// What it is now.
    public ReadOnlyObjectProperty<ColorScheme> schemeProperty() {
        return scheme.getReadOnlyProperty();
    }

    public boolean isDark() {
        return scheme.get() == ColorScheme.DARK;
    }

    /// Gives a scene the console's stylesheet, and keeps it up to date as long as the scene is used.
    public void style(Scene scene) {
        scene.getStylesheets().setAll(resource("console.css").toExternalForm());
        scene.rootProperty().subscribe(this::mark);
        styled.add(scene);
    }

    private void mark(Parent root) {
        root.pseudoClassStateChanged(DARK, isDark());
    }

    private void apply() {
        ColorScheme next = switch (choice) {
            case SYSTEM -> Platform.getPreferences().getColorScheme();
            case LIGHT -> ColorScheme.LIGHT;
            case DARK -> ColorScheme.DARK;
        };
        Application.setUserAgentStylesheet(
                (next == ColorScheme.DARK ? new PrimerDark() : new PrimerLight()).getUserAgentStylesheet());
        scheme.set(next);
        styled.forEach(scene -> mark(scene.getRoot()));
    }

    private static void load(String font) {
        try (InputStream in = resource("fonts/" + font).openStream()) {
            // A machine without this font format still shows text, in its own font.
            Font.loadFont(in, 14);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URL resource(String name) {
        return Objects.requireNonNull(Theme.class.getResource(name), name);
    }
}
