package dev.heliograph.console.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DirectoriesTest {

    private static final Path HOME = Path.of("/home/ann");

    @Test
    void theyAreWhereTheEnvironmentSays() {
        assertThat(Directories.of(Map.of("XDG_CONFIG_HOME", "/c", "XDG_STATE_HOME", "/s"), HOME))
                .isEqualTo(new Directories(Path.of("/c/heliograph"), Path.of("/s/heliograph")));
    }

    @Test
    void withoutOrWithARelativePathTheyAreBelowHome() {
        Directories usual =
                new Directories(Path.of("/home/ann/.config/heliograph"), Path.of("/home/ann/.local/state/heliograph"));
        assertThat(Directories.of(Map.of(), HOME)).isEqualTo(usual);
        assertThat(Directories.of(Map.of("XDG_CONFIG_HOME", "c", "XDG_STATE_HOME", ""), HOME))
                .isEqualTo(usual);
    }
}
