package dev.heliograph.console.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// What playbooks of a cluster are run with, on this machine.
///
/// @param inventory of its hosts: a file or a folder
/// @param playbooks the folder that they are in, if it is not above the inventory
public record Ansible(Path inventory, Optional<Path> playbooks) {

    /// By this one a folder of playbooks is known.
    private static final String SITE = "site.yml";

    /// The nearest folder above an inventory that has playbooks, as `ansible` is for `ansible/inventories/production`.
    static Optional<Path> above(Path inventory) {
        return Stream.iterate(inventory.toAbsolutePath().getParent(), folder -> folder != null, Path::getParent)
                .filter(folder -> Files.isRegularFile(folder.resolve(SITE)))
                .findFirst();
    }

    /// Where the playbooks are. It need not be there any more.
    public Path folder() {
        return playbooks.or(() -> above(inventory)).orElse(Path.of("ansible"));
    }
}
