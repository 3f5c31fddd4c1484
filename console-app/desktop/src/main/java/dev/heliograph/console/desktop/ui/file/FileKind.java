package dev.heliograph.console.desktop.ui.file;

import static dev.heliograph.console.text.Messages.text;

import java.util.List;
import java.util.Locale;

/// What is in a file that the operator chooses.
public enum FileKind {
    /// Certificates in PEM.
    CERTIFICATES,
    CSV,
    /// Hosts of Ansible.
    INVENTORY,
    JSON,
    MARKDOWN,
    TEXT,
    YAML;

    /// For people.
    public String title() {
        return text("files.kind." + name().toLowerCase(Locale.ROOT));
    }

    /// `*.pem`, `*.crt`: how the names of such files end.
    public List<String> patterns() {
        return switch (this) {
            case CERTIFICATES -> List.of("*.pem", "*.crt", "*.cer");
            case CSV -> List.of("*.csv");
            case INVENTORY -> List.of("*.yml", "*.yaml", "*.ini");
            case JSON -> List.of("*.json");
            case MARKDOWN -> List.of("*.md");
            case TEXT -> List.of("*.txt");
            case YAML -> List.of("*.yml", "*.yaml");
        };
    }
}
