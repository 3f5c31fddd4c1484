package dev.heliograph.server.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What docs/connections.md says of the language is so.
class DocumentationTest {

    private static final Path DOCUMENT = Path.of("../../docs/connections.md");
    private static final Pattern EXAMPLES = Pattern.compile("```query\n(.*?)```", Pattern.DOTALL);
    private static final Pattern FIELDS = Pattern.compile("(?m)^\\| ((?:`\\w+`(?:, )?)+) \\|");

    @Test
    void everyExampleIsAQuery() throws IOException {
        List<String> queries = EXAMPLES.matcher(Files.readString(DOCUMENT))
                .results()
                .flatMap(block -> block.group(1).lines())
                .toList();
        assertThat(queries).hasSizeGreaterThan(5);
        for (String query : queries) {
            assertThatCode(() -> Query.parse(query)).as(query).doesNotThrowAnyException();
        }
    }

    @Test
    void theTableHasTheFieldsThatThereAre() throws IOException {
        List<String> told = FIELDS.matcher(Files.readString(DOCUMENT))
                .results()
                .flatMap(row -> Pattern.compile("\\w+").matcher(row.group(1)).results())
                .map(word -> word.group())
                .toList();
        assertThat(told).containsExactlyInAnyOrderElementsOf(Field.words());
    }
}
