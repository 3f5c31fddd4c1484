package dev.heliograph.console.desktop.ui.file;

import static dev.heliograph.console.text.Messages.text;

import java.util.List;
import java.util.Locale;

/// What is in a file that the operator chooses.
public enum FileKind {
    /// Certificates in PEM.
    CERTIFICATES("pem", "crt", "cer"),
    CSV("csv"),
    JSON("json"),
    MARKDOWN("md"),
    TEXT("txt");

    private final List<String> endings;

    FileKind(String... endings) {
        this.endings = List.of(endings);
    }

    /// For people.
    public String title() {
        return text("files.kind." + name().toLowerCase(Locale.ROOT));
    }

    /// `*.pem`, `*.crt`: how the names of such files end.
    public List<String> patterns() {
        return endings.stream().map(ending -> "*." + ending).toList();
    }
}
