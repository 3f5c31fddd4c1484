package dev.heliograph.console.desktop.testing;

import dev.heliograph.console.desktop.theme.Theme;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.TimeZone;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.testfx.api.FxToolkit;

/// JavaFX, started once for all tests of a JVM, in a zone, a language and at a time that are always the same.
public final class Toolkit {

    /// When it is in tests: a Saturday morning.
    public static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-14T09:26:53Z"), ZoneOffset.UTC);

    private static final long SECONDS = 30;
    private static final Stage STAGE = start();
    /// Made on JavaFX's thread, which must not wait for this class.
    private static @Nullable Theme theme;

    private Toolkit() {}

    static Stage stage() {
        return STAGE;
    }

    /// The one theme of the JVM: whoever changes it changes it back. On JavaFX's thread.
    public static Theme theme() {
        if (theme == null) {
            theme = new Theme();
        }
        return theme;
    }

    /// Does it on JavaFX's thread, waits for it, and throws what it throws.
    public static <T> T onFx(Callable<T> work) {
        if (Platform.isFxApplicationThread()) {
            return call(work);
        }
        CompletableFuture<T> done = new CompletableFuture<>();
        Platform.runLater(() -> {
            try {
                done.complete(work.call());
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        return call(() -> done.get(SECONDS, TimeUnit.SECONDS));
    }

    public static void runOnFx(Runnable work) {
        onFx(() -> {
            work.run();
            return true;
        });
    }

    private static <T> T call(Callable<T> work) {
        try {
            return work.call();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stage start() {
        TimeZone.setDefault(TimeZone.getTimeZone(ZoneOffset.UTC));
        Locale.setDefault(Locale.UK);
        try {
            Stage stage = FxToolkit.registerPrimaryStage();
            Platform.setImplicitExit(false);
            return stage;
        } catch (TimeoutException e) {
            throw new IllegalStateException("JavaFX does not start", e);
        }
    }
}
