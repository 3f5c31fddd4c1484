package dev.heliograph.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReferenceTest {

    private static final Path FILE = Path.of("CONFIGURATION.md");

    @Test
    void theCommittedReferenceIsTheGeneratedOne() throws IOException {
        if (Boolean.getBoolean("reference.write")) {
            Files.writeString(FILE, Reference.markdown());
        }
        assertThat(FILE)
                .as("mvn -pl relay/server -am test -Dtest=ReferenceTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Dreference.write=true writes it anew")
                .content()
                .isEqualTo(Reference.markdown());
    }

    @Test
    void everyKeyIsInIt() {
        String markdown = Reference.markdown();
        for (List<Setting> table : List.of(Settings.ALL, ChannelSettings.ALL)) {
            assertThat(table)
                    .allSatisfy(setting -> assertThat(markdown)
                            .contains("| `" + setting.key().replace(ChannelSettings.WITHOUT_NAMESPACE, "") + "` |"));
        }
    }

    @Test
    void everyKeyIsExplainedInSentences() {
        for (List<Setting> table : List.of(Settings.ALL, ChannelSettings.ALL)) {
            assertThat(table)
                    .allSatisfy(
                            setting -> assertThat(setting.text()).endsWith(".").doesNotContain("|"));
        }
    }

    @Test
    void itsExampleIsValid() {
        String markdown = Reference.markdown();
        String example = markdown.substring(markdown.indexOf("```yaml") + 7, markdown.lastIndexOf("```"));
        assertThat(RelayConfig.parse(example).channel().namespaces()).containsOnlyKeys("chat");
    }
}
