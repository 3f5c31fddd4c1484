/// The console's windows: JavaFX views over the models of the core.
module dev.heliograph.console.desktop {
    requires atlantafx.base;
    requires dev.heliograph.console.core;
    requires java.logging;
    requires java.net.http;
    requires javafx.controls;
    requires org.kordamp.ikonli.core;
    requires org.kordamp.ikonli.feather;
    requires org.kordamp.ikonli.javafx;
    requires static org.jspecify;

    // JavaFX makes the application.
    exports dev.heliograph.console.desktop.app to
            javafx.graphics;
}
