package dev.heliograph.console.desktop.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.desktop.theme.Theme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.application.ColorScheme;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.StackPane;
import org.testfx.util.WaitForAsyncUtils;

/// Compares what is drawn with pictures that somebody has looked at: `src/test/golden/NAME-light.png` and
/// `NAME-dark.png`, 1280 by 800.
///
/// What differs is written to `target/golden`: what was drawn, and the difference (what is new in red on the faded old
/// picture). `-Dgolden.write=true` accepts what is drawn; look at each picture before committing it.
///
/// In a picture, and in a window of 1000 instead of 1280 pixels, no text may be cut off unless a tooltip has all of it.
public final class GoldenPicture {

    private static final int WIDTH = 1280;
    private static final int HEIGHT = 800;
    /// The smallest window that the console is made for is narrower by this.
    private static final int NARROWER = 280;
    /// Other versions of FreeType smooth edges a little differently: that is no difference.
    private static final int SAME_COLOUR = 32;
    /// Less than a full stop.
    private static final int SAME_PICTURE = 6;

    private static final Path GOLDEN = Path.of("src/test/golden");
    private static final Path TARGET = Path.of("target/golden");

    private GoldenPicture() {}

    /// Draws it in light and in dark off the stage, at 1280 by 800, and compares.
    ///
    /// @param name of the pictures, `bans-empty` for example
    /// @param made makes it, once for each picture, on JavaFX's thread
    public static void check(String name, Supplier<? extends Parent> made) {
        check(name, WIDTH, HEIGHT, made);
    }

    /// The same, after something has been done with it: a sheet opened, a row selected.
    public static <P extends Parent> void check(String name, Supplier<P> made, Consumer<? super P> then) {
        check(name, WIDTH, HEIGHT, made, then);
    }

    public static void check(String name, int width, int height, Supplier<? extends Parent> made) {
        check(name, width, height, made, _ -> {});
    }

    private static <P extends Parent> void check(
            String name, int width, int height, Supplier<P> made, Consumer<? super P> then) {
        Set<String> cut = new TreeSet<>();
        Consumer<Parent> look = root -> cut.addAll(Cuts.in(root));
        String light = differs(name, ColorScheme.LIGHT, draw(ColorScheme.LIGHT, width, height, made, then, look));
        String dark = differs(name, ColorScheme.DARK, draw(ColorScheme.DARK, width, height, made, then, look));
        if (width >= NARROWER + WIDTH / 2) {
            draw(ColorScheme.LIGHT, width - NARROWER, height, made, then, look);
        }
        assertThat(cut).as("cut off in " + name).isEmpty();
        assertThat(light + dark).isEmpty();
    }

    private static <P extends Parent> Image draw(
            ColorScheme scheme,
            int width,
            int height,
            Supplier<P> made,
            Consumer<? super P> then,
            Consumer<Parent> look) {
        Theme.Choice before = Toolkit.onFx(() -> Toolkit.theme().choice());
        StackPane root = Toolkit.onFx(StackPane::new);
        try {
            P node = Toolkit.onFx(() -> {
                Toolkit.theme().choose(scheme == ColorScheme.DARK ? Theme.Choice.DARK : Theme.Choice.LIGHT);
                P shown = made.get();
                root.getChildren().add(shown);
                Toolkit.theme().style(new Scene(root, width, height));
                // Controls have their parts, tables their widths, and lists their cells only after a first layout.
                snapshot(root);
                return shown;
            });
            Toolkit.runOnFx(() -> then.accept(node));
            // What was put off is done; twice, since what is put off may put off more.
            WaitForAsyncUtils.waitForFxEvents();
            Toolkit.runOnFx(() -> snapshot(root));
            WaitForAsyncUtils.waitForFxEvents();
            return Toolkit.onFx(() -> {
                Image drawn = snapshot(root);
                look.accept(root);
                return drawn;
            });
        } finally {
            Toolkit.runOnFx(() -> {
                root.getChildren().clear();
                Toolkit.theme().choose(before);
            });
        }
    }

    private static Image snapshot(Parent root) {
        Scene scene = root.getScene();
        return scene.snapshot(new WritableImage((int) scene.getWidth(), (int) scene.getHeight()));
    }

    private static String differs(String name, ColorScheme scheme, Image drawn) {
        String file = name + "-" + scheme.name().toLowerCase(Locale.ROOT) + ".png";
        Path golden = GOLDEN.resolve(file);
        if (Boolean.getBoolean("golden.write")) {
            if (!Files.exists(golden) || !difference(Png.read(golden), drawn).isEmpty()) {
                Png.write(drawn, golden);
            }
            return "";
        }
        if (!Files.exists(golden)) {
            Png.write(drawn, TARGET.resolve(file));
            return "There is no " + golden + " yet; see target/golden/" + file + ". ";
        }
        return difference(Png.read(golden), drawn)
                .map(difference -> {
                    Png.write(drawn, TARGET.resolve(file));
                    Png.write(difference, TARGET.resolve("difference-" + file));
                    return file + " is drawn differently; see target/golden. ";
                })
                .orElse("");
    }

    private static Optional<Image> difference(Image golden, Image drawn) {
        int width = (int) drawn.getWidth();
        int height = (int) drawn.getHeight();
        if ((int) golden.getWidth() != width || (int) golden.getHeight() != height) {
            return Optional.of(drawn);
        }
        int[] before = Png.pixels(golden);
        int[] now = Png.pixels(drawn);
        WritableImage picture = new WritableImage(width, height);
        int different = 0;
        for (int i = 0; i < now.length; i++) {
            boolean same =
                    sameColour(before[i], now[i]) || isNear(before, now, i, width) && isNear(now, before, i, width);
            different += same ? 0 : 1;
            picture.getPixelWriter().setArgb(i % width, i / width, same ? faded(before[i]) : 0xffff0000);
        }
        return different <= SAME_PICTURE ? Optional.empty() : Optional.of(picture);
    }

    /// Whether the colour of a pixel is among those of its neighbours in the other picture, or between them: layout
    /// rounds half a pixel up or down as the toolkit happens to have measured a text first, and edges are smoothed.
    /// What is missing in one of them is not among its colours.
    private static boolean isNear(int[] there, int[] here, int at, int width) {
        for (int shift = 0; shift <= 16; shift += 8) {
            int least = 255;
            int most = 0;
            for (int dy = -1; dy <= 1; dy++) {
                for (int dx = -1; dx <= 1; dx++) {
                    int x = at % width + dx;
                    int other = at + dy * width + dx;
                    if (x >= 0 && x < width && other >= 0 && other < there.length) {
                        int value = there[other] >> shift & 0xff;
                        least = Math.min(least, value);
                        most = Math.max(most, value);
                    }
                }
            }
            int value = here[at] >> shift & 0xff;
            if (value < least - SAME_COLOUR || value > most + SAME_COLOUR) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameColour(int one, int other) {
        return near(one >> 16, other >> 16) && near(one >> 8, other >> 8) && near(one, other);
    }

    private static boolean near(int one, int other) {
        return Math.abs((one & 0xff) - (other & 0xff)) <= SAME_COLOUR;
    }

    private static int faded(int argb) {
        int grey = 192 + ((argb >> 8 & 0xff) >> 2);
        return 0xff000000 | grey << 16 | grey << 8 | grey;
    }
}
