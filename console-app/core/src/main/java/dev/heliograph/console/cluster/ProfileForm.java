package dev.heliograph.console.cluster;

import dev.heliograph.console.api.Trust;
import dev.heliograph.console.text.Messages;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A cluster as it is typed: texts that may be wrong yet.
///
/// @param addresses separated by white space or commas
/// @param authority path of a PEM file; heeded where the authority is the operator's choice
/// @param matchers  of the labels of this cluster in Prometheus; within braces or not
/// @param inventory path of Ansible's inventory, a file or a folder
/// @param playbooks path of the folder of playbooks; not needed where that is above the inventory
public record ProfileForm(
        String name,
        String addresses,
        Colour colour,
        Environment environment,
        Tls tls,
        String authority,
        String prometheus,
        String matchers,
        String alertmanager,
        String inventory,
        String playbooks) {

    private static final Pattern BETWEEN = Pattern.compile("[\\s,]+");

    /// An empty one.
    public static final ProfileForm EMPTY =
            new ProfileForm("", "", Colour.BLUE, Environment.DEVELOPMENT, Tls.KNOWN, "", "", "", "", "", "");

    /// How certificates are judged.
    public enum Tls {
        KNOWN,
        AUTHORITY,
        PINNED
    }

    /// What can be wrong.
    public enum Field {
        NAME,
        ADDRESSES,
        AUTHORITY,
        PROMETHEUS,
        MATCHERS,
        ALERTMANAGER,
        INVENTORY,
        PLAYBOOKS
    }

    /// What comes of it.
    ///
    /// @param errors  a sentence for each field that is wrong
    /// @param profile if none is
    public record Checked(Map<Field, String> errors, Optional<Profile> profile) {}

    public static ProfileForm of(Profile profile) {
        return new ProfileForm(
                profile.name(),
                profile.addresses().stream().map(URI::toString).collect(Collectors.joining("\n")),
                profile.colour(),
                profile.environment(),
                switch (profile.trust()) {
                    case Trust.Known _ -> Tls.KNOWN;
                    case Trust.Authority _ -> Tls.AUTHORITY;
                    case Trust.Pinned _ -> Tls.PINNED;
                },
                profile.trust() instanceof Trust.Authority(Path pem) ? pem.toString() : "",
                profile.prometheus().map(URI::toString).orElse(""),
                profile.matchers(),
                profile.alertmanager().map(URI::toString).orElse(""),
                profile.ansible().map(ansible -> ansible.inventory().toString()).orElse(""),
                profile.ansible()
                        .flatMap(Ansible::playbooks)
                        .map(Path::toString)
                        .orElse(""));
    }

    /// Looks at all fields.
    ///
    /// @param edited the cluster that is edited; what was confirmed for it stays so
    /// @param others the names that are taken
    public Checked check(Optional<Profile> edited, Set<String> others) {
        Map<Field, String> errors = new EnumMap<>(Field.class);
        String stripped = name.strip();
        if (stripped.isEmpty()) {
            errors.put(Field.NAME, Messages.text("cluster.form.name.empty"));
        } else if (others.contains(stripped)) {
            errors.put(Field.NAME, Messages.text("cluster.form.name.taken", stripped));
        }
        List<URI> parsed = addresses(errors);
        Optional<URI> metrics = optional(prometheus, Field.PROMETHEUS, errors);
        String labels = labels(errors);
        Optional<URI> alerts = optional(alertmanager, Field.ALERTMANAGER, errors);
        Optional<Ansible> ansible = ansible(errors);
        Trust trust = trust(edited, errors);
        return errors.isEmpty()
                ? new Checked(
                        errors,
                        Optional.of(new Profile(
                                stripped, parsed, colour, environment, trust, metrics, labels, alerts, ansible)))
                : new Checked(errors, Optional.empty());
    }

    private List<URI> addresses(Map<Field, String> errors) {
        List<URI> parsed = new ArrayList<>();
        Set<URI> seen = new HashSet<>();
        for (String each :
                BETWEEN.splitAsStream(addresses).filter(text -> !text.isEmpty()).toList()) {
            Optional<URI> address = Addresses.parse(each);
            if (address.isEmpty()) {
                errors.put(Field.ADDRESSES, Messages.text("cluster.form.address.wrong", each));
            } else if (seen.add(address.get())) {
                parsed.add(address.get());
            }
        }
        if (parsed.isEmpty() && !errors.containsKey(Field.ADDRESSES)) {
            errors.put(Field.ADDRESSES, Messages.text("cluster.form.address.none"));
        }
        return parsed;
    }

    private static Optional<URI> optional(String text, Field field, Map<Field, String> errors) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        Optional<URI> address = Addresses.parse(text);
        if (address.isEmpty()) {
            errors.put(field, Messages.text("cluster.form.address.wrong", text.strip()));
        }
        return address;
    }

    private String labels(Map<Field, String> errors) {
        Optional<String> labels = Labels.parse(matchers);
        if (labels.isEmpty()) {
            errors.put(Field.MATCHERS, Messages.text("cluster.form.matchers.wrong", matchers.strip()));
        }
        return labels.orElse("");
    }

    private Optional<Ansible> ansible(Map<Field, String> errors) {
        Optional<Path> folder = path(playbooks, Field.PLAYBOOKS, errors);
        if (folder.isPresent() && !Files.isDirectory(folder.get())) {
            errors.put(Field.PLAYBOOKS, Messages.text("cluster.form.playbooks.missing", folder.get()));
        }
        Optional<Path> hosts = path(inventory, Field.INVENTORY, errors);
        if (hosts.isEmpty()) {
            if (folder.isPresent()) {
                errors.putIfAbsent(Field.INVENTORY, Messages.text("cluster.form.inventory.none"));
            }
            return Optional.empty();
        }
        if (!Files.isReadable(hosts.get())) {
            errors.put(Field.INVENTORY, Messages.text("cluster.form.inventory.missing", hosts.get()));
        } else if (playbooks.isBlank() && Ansible.above(hosts.get()).isEmpty()) {
            errors.put(Field.PLAYBOOKS, Messages.text("cluster.form.playbooks.none", hosts.get()));
        }
        return Optional.of(new Ansible(hosts.get(), folder));
    }

    /// Where the playbooks of an inventory are found if nothing else is said.
    public static Optional<Path> playbooksAbove(String inventory) {
        return path(inventory, Field.INVENTORY, new EnumMap<>(Field.class)).flatMap(Ansible::above);
    }

    /// It is the same wherever the console is started.
    private static Optional<Path> path(String text, Field field, Map<Field, String> errors) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(text.strip()).toAbsolutePath().normalize());
        } catch (InvalidPathException _) {
            errors.put(field, Messages.text("cluster.form.path.wrong", text.strip()));
            return Optional.empty();
        }
    }

    private Trust trust(Optional<Profile> edited, Map<Field, String> errors) {
        return switch (tls) {
            case KNOWN -> new Trust.Known();
            case AUTHORITY -> {
                Path pem = Path.of(authority.strip());
                if (authority.isBlank()) {
                    errors.put(Field.AUTHORITY, Messages.text("cluster.form.authority.none"));
                } else if (!Files.isReadable(pem) || Files.isDirectory(pem)) {
                    errors.put(Field.AUTHORITY, Messages.text("cluster.form.authority.missing", pem));
                }
                yield new Trust.Authority(pem);
            }
            case PINNED ->
                edited.map(Profile::trust)
                        .filter(Trust.Pinned.class::isInstance)
                        .orElseGet(() -> new Trust.Pinned(Map.of()));
        };
    }
}
