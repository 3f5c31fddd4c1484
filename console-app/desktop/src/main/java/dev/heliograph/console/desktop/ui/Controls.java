package dev.heliograph.console.desktop.ui;

import java.net.URL;
import java.util.Objects;

/// What the controls of this package have in common.
public final class Controls {

    private static final String STYLESHEET = url();

    private Controls() {}

    /// The stylesheet of all of them, on the colours of the theme.
    public static String stylesheet() {
        return STYLESHEET;
    }

    private static String url() {
        URL url = Objects.requireNonNull(Controls.class.getResource("controls.css"), "controls.css");
        return url.toExternalForm();
    }
}
