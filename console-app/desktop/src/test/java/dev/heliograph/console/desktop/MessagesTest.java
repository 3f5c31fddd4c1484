package dev.heliograph.console.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The texts of the console and the code that shows them.
class MessagesTest {

    private static final Path CORE = Path.of("../core/src/main");
    private static final Path BUNDLE = CORE.resolve("resources/dev/heliograph/console/text/messages.properties");
    private static final Pattern LITERAL = Pattern.compile("\"([^\"\\\\\n]*)\"");
    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-zA-Z0-9_-]+)+");
    private static final Pattern ASKED = Pattern.compile("\\btext\\(\\s*\"([a-z][^\".]*\\.[^\"]+)\"\\s*[,)]");

    @Test
    void everyKeyThatIsAskedForIsThere() throws IOException {
        Properties bundle = bundle();
        Set<String> missing = new TreeSet<>();
        for (String source : sources()) {
            Matcher asked = ASKED.matcher(source);
            while (asked.find()) {
                if (!bundle.containsKey(asked.group(1))) {
                    missing.add(asked.group(1));
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    /// A key counts as used if it stands in the code, or begins as a string of the code that ends with a full stop
    /// does.
    @Test
    void everyTextIsUsed() throws IOException {
        Set<String> literals = new HashSet<>();
        for (String source : sources()) {
            Matcher literal = LITERAL.matcher(source);
            while (literal.find()) {
                literals.add(literal.group(1));
            }
        }
        Set<String> unused = new TreeSet<>();
        for (String key : bundle().stringPropertyNames()) {
            boolean used = literals.contains(key)
                    || literals.stream().anyMatch(l -> l.endsWith(".") && l.length() > 3 && key.startsWith(l));
            if (!used) {
                unused.add(key);
            }
        }
        assertThat(unused).isEmpty();
    }

    @Test
    void keysBeginWithTheirPageAndStandOnce() throws IOException {
        List<String> keys = new ArrayList<>();
        boolean continues = false;
        for (String line : Files.readAllLines(BUNDLE)) {
            if (!continues && !line.isBlank() && !line.startsWith("#")) {
                keys.add(line.split("[=:]", 2)[0].strip());
            }
            continues = line.endsWith("\\");
        }
        assertThat(keys)
                .doesNotHaveDuplicates()
                .allMatch(key -> KEY.matcher(key).matches());
    }

    /// MessageFormat takes a lone apostrophe for the beginning of a quotation and drops it, with the arguments after
    /// it.
    @Test
    void noApostropheStandsAlone() throws IOException {
        bundle().forEach((key, text) ->
                assertThat(((String) text).replace("''", "")).as("%s", key).doesNotContain("'"));
    }

    private static Properties bundle() throws IOException {
        Properties bundle = new Properties();
        try (var in = Files.newBufferedReader(BUNDLE)) {
            bundle.load(in);
        }
        return bundle;
    }

    private static List<String> sources() {
        return Stream.of(CORE.resolve("java"), Path.of("src/main/java"))
                .flatMap(MessagesTest::files)
                .map(MessagesTest::read)
                .toList();
    }

    private static Stream<Path> files(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
