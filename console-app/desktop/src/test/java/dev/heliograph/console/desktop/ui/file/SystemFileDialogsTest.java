package dev.heliograph.console.desktop.ui.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.desktop.testing.UiTest;
import javafx.stage.FileChooser;
import javafx.stage.FileChooser.ExtensionFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class SystemFileDialogsTest extends UiTest {

    @ParameterizedTest
    @CsvSource({"CSV, *.csv", "JSON, *.json", "MARKDOWN, *.md", "TEXT, *.txt"})
    void theDialogShowsFilesOfTheKindFirst(FileKind kind, String pattern) {
        ExtensionFilter first = chooser(kind).getExtensionFilters().getFirst();
        assertThat(first.getExtensions()).containsExactly(pattern);
        assertThat(first.getDescription()).isEqualTo(kind.title());
    }

    @Test
    void certificatesHaveManyEndings() {
        assertThat(chooser(FileKind.CERTIFICATES)
                        .getExtensionFilters()
                        .getFirst()
                        .getExtensions())
                .containsExactly("*.pem", "*.crt", "*.cer");
    }

    @ParameterizedTest
    @EnumSource(FileKind.class)
    void filesOfAnyNameCanBeChosenAllTheSame(FileKind kind) {
        assertThat(chooser(kind).getExtensionFilters().getLast().getExtensions())
                .containsExactly("*");
    }

    private FileChooser chooser(FileKind kind) {
        return onFx(() -> SystemFileDialogs.chooser(kind));
    }
}
