package dev.heliograph.console.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heliograph.console.api.Trust;
import dev.heliograph.console.text.Messages;
import java.io.IOException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Clusters as JSON, as the operator may edit it by hand, too.
final class ProfilesJson {

    private static final int VERSION = 1;

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ProfilesJson() {}

    static byte[] write(List<Profile> clusters) throws IOException {
        ObjectNode root = MAPPER.createObjectNode().put("version", VERSION);
        ArrayNode all = root.putArray("clusters");
        for (Profile profile : clusters) {
            ObjectNode node = all.addObject()
                    .put("name", profile.name())
                    .put("environment", profile.environment().word())
                    .put("colour", profile.colour().word());
            node.set("addresses", strings(profile.addresses()));
            node.set("tls", tls(profile.trust()));
            profile.prometheus().ifPresent(address -> node.put("prometheus", address.toString()));
            if (!profile.matchers().isEmpty()) {
                node.put("prometheusMatchers", profile.matchers());
            }
            profile.alertmanager().ifPresent(address -> node.put("alertmanager", address.toString()));
            profile.ansible().ifPresent(ansible -> {
                ObjectNode there = node.putObject("ansible")
                        .put("inventory", ansible.inventory().toString());
                ansible.playbooks().ifPresent(folder -> there.put("playbooks", folder.toString()));
            });
        }
        return MAPPER.writeValueAsBytes(root);
    }

    private static ArrayNode strings(List<URI> addresses) {
        ArrayNode array = MAPPER.createArrayNode();
        addresses.forEach(address -> array.add(address.toString()));
        return array;
    }

    private static ObjectNode tls(Trust trust) {
        ObjectNode node = MAPPER.createObjectNode();
        switch (trust) {
            case Trust.Known _ -> node.put("trust", "known");
            case Trust.Authority(Path pem) -> node.put("trust", "authority").put("ca", pem.toString());
            case Trust.Pinned(Map<String, String> fingerprints) -> {
                ObjectNode pins = node.put("trust", "pinned").putObject("sha256");
                new TreeMap<>(fingerprints).forEach(pins::put);
            }
        }
        return node;
    }

    /// @throws IOException       if it is no JSON
    /// @throws ProfilesException if something in it is not what it should be
    static List<Profile> read(byte[] json) throws IOException {
        JsonNode root = MAPPER.readTree(json);
        int version = root.path("version").asInt();
        if (version > VERSION) {
            throw new ProfilesException(Messages.text("cluster.file.newer"));
        }
        if (version < 1 || !root.path("clusters").isArray()) {
            throw new ProfilesException(Messages.text("cluster.file.other"));
        }
        List<Profile> all = new ArrayList<>();
        for (JsonNode node : root.get("clusters")) {
            all.add(profile(node));
        }
        return List.copyOf(all);
    }

    private static Profile profile(JsonNode node) {
        String name = node.path("name").asText();
        if (name.isBlank()) {
            throw wrong("?", "name");
        }
        List<URI> addresses = new ArrayList<>();
        for (JsonNode each : node.path("addresses")) {
            addresses.add(Addresses.parse(each.asText()).orElseThrow(() -> wrong(name, "addresses")));
        }
        if (addresses.isEmpty()) {
            throw wrong(name, "addresses");
        }
        return new Profile(
                name,
                addresses,
                Colour.of(node.path("colour").asText()).orElseThrow(() -> wrong(name, "colour")),
                Environment.of(node.path("environment").asText()).orElseThrow(() -> wrong(name, "environment")),
                trust(name, node.path("tls")),
                address(name, node, "prometheus"),
                Labels.parse(node.path("prometheusMatchers").asText())
                        .orElseThrow(() -> wrong(name, "prometheusMatchers")),
                address(name, node, "alertmanager"),
                ansible(name, node));
    }

    private static Optional<Ansible> ansible(String name, JsonNode node) {
        if (!node.has("ansible")) {
            return Optional.empty();
        }
        Path inventory =
                path(name, node.path("ansible"), "inventory").orElseThrow(() -> wrong(name, "ansible.inventory"));
        return Optional.of(new Ansible(inventory, path(name, node.path("ansible"), "playbooks")));
    }

    private static Optional<Path> path(String name, JsonNode node, String key) {
        String text = node.path(key).asText();
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
        } catch (InvalidPathException _) {
            throw wrong(name, "ansible." + key);
        }
    }

    private static Trust trust(String name, JsonNode tls) {
        return switch (tls.path("trust").asText()) {
            case "known" -> new Trust.Known();
            case "authority" -> {
                String file = tls.path("ca").asText();
                if (file.isEmpty()) {
                    throw wrong(name, "tls.ca");
                }
                yield new Trust.Authority(Path.of(file));
            }
            case "pinned" -> {
                Map<String, String> pins = new TreeMap<>();
                tls.path("sha256")
                        .propertyStream()
                        .forEach(each -> pins.put(each.getKey(), each.getValue().asText()));
                yield new Trust.Pinned(pins);
            }
            default -> throw wrong(name, "tls.trust");
        };
    }

    private static Optional<URI> address(String name, JsonNode node, String key) {
        String text = node.path(key).asText();
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(Addresses.parse(text).orElseThrow(() -> wrong(name, key)));
    }

    private static ProfilesException wrong(String cluster, String key) {
        return new ProfilesException(Messages.text("cluster.file.value", key, cluster));
    }
}
