package dev.heliograph.console.desktop.runbooks;

import java.util.Objects;

/// The stylesheet of this package.
final class Styles {

    static final String STYLESHEET = Objects.requireNonNull(Styles.class.getResource("runbooks.css"), "runbooks.css")
            .toExternalForm();

    private Styles() {}
}
