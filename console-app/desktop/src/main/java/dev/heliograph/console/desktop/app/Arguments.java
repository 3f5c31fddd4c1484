package dev.heliograph.console.desktop.app;

import dev.heliograph.console.cluster.Ansible;
import dev.heliograph.console.cluster.Labels;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the console was started with: nothing, or one cluster to go to at once.
///
/// @param urls         addresses of the admin API of its nodes
/// @param token        from the file or the environment; never from the command line, where everybody can read it
/// @param name         how the cluster is called; the host of the first address if nothing is said
/// @param environment  `production`, `staging`, ...; may be empty
/// @param ca           file with the certificates that nodes are known by
/// @param prometheus   for charts of the past
/// @param matchers     of the relays' labels in that Prometheus; may be empty
/// @param alertmanager for the page of alerts
/// @param ansible      for steps of runbooks that run a playbook
record Arguments(
        List<URI> urls,
        Optional<String> token,
        Optional<String> name,
        String environment,
        Optional<Path> ca,
        Optional<URI> prometheus,
        String matchers,
        Optional<URI> alertmanager,
        Optional<Ansible> ansible) {

    /// Where the token is looked for if no file is given.
    static final String TOKEN_VARIABLE = "HELIOGRAPH_TOKEN";

    static final String USAGE = """
        Usage: heliograph-console [--url URL]... [--token-file FILE] [--name NAME] [--environment NAME]
                                  [--ca FILE] [--prometheus URL [--matchers LABELS]] [--alertmanager URL]
                                  [--inventory FILE [--playbooks DIR]]

        Without --url it shows the clusters that it knows. With it, it goes to that cluster:
          --url URL            address of the admin API of a node; give one for each node
          --token-file FILE    file with the operator's token, else the variable HELIOGRAPH_TOKEN
          --name NAME          what the cluster is called
          --environment NAME   production (with a coloured frame), staging, development
          --ca FILE            certificates (PEM) that the nodes are known by
          --prometheus URL     for charts of more than this console has seen
          --matchers LABELS    what tells its relays from others there: job="heliograph",cluster="eu"
          --alertmanager URL   for the page of alerts
          --inventory FILE     hosts of Ansible, for steps of runbooks that run a playbook
          --playbooks DIR      else the next folder above the inventory that has a site.yml
        """;

    /// @throws IllegalArgumentException with a sentence for who wrote them
    static Arguments parse(List<String> words, Map<String, String> variables) {
        List<URI> urls = new ArrayList<>();
        Optional<String> token =
                Optional.ofNullable(variables.get(TOKEN_VARIABLE)).filter(t -> !t.isBlank());
        Optional<String> name = Optional.empty();
        String environment = "";
        Optional<Path> ca = Optional.empty();
        Optional<URI> prometheus = Optional.empty();
        String matchers = "";
        Optional<URI> alertmanager = Optional.empty();
        Optional<Path> inventory = Optional.empty();
        Optional<Path> playbooks = Optional.empty();
        for (int i = 0; i < words.size(); i += 2) {
            String option = words.get(i);
            if (i + 1 == words.size()) {
                throw new IllegalArgumentException(option + " wants a value, or is no option");
            }
            String value = words.get(i + 1);
            switch (option) {
                case "--url" -> urls.add(address(option, value));
                case "--token-file" -> token = Optional.of(read(Path.of(value)));
                case "--name" -> name = Optional.of(value);
                case "--environment" -> environment = value;
                case "--ca" -> ca = Optional.of(Path.of(value));
                case "--prometheus" -> prometheus = Optional.of(address(option, value));
                case "--matchers" ->
                    matchers = Labels.parse(value)
                            .orElseThrow(() -> new IllegalArgumentException(
                                    option + " wants labels such as job=\"heliograph\", not " + value));
                case "--alertmanager" -> alertmanager = Optional.of(address(option, value));
                case "--inventory" -> inventory = Optional.of(there(option, value));
                case "--playbooks" -> playbooks = Optional.of(there(option, value));
                default -> throw new IllegalArgumentException(option + " is no option");
            }
        }
        if (!urls.isEmpty() && token.isEmpty()) {
            throw new IllegalArgumentException("--url wants a --token-file, or the variable " + TOKEN_VARIABLE);
        }
        if (playbooks.isPresent() && inventory.isEmpty()) {
            throw new IllegalArgumentException("--playbooks wants an --inventory");
        }
        Optional<Path> folder = playbooks;
        return new Arguments(
                List.copyOf(urls),
                token,
                name,
                environment,
                ca,
                prometheus,
                matchers,
                alertmanager,
                inventory.map(hosts -> new Ansible(hosts, folder)));
    }

    /// Whether a cluster was named.
    boolean hasCluster() {
        return !urls.isEmpty();
    }

    String clusterName() {
        return name.orElseGet(() -> urls.getFirst().getHost());
    }

    private static URI address(String option, String text) {
        try {
            URI uri = URI.create(text.replaceFirst("/+$", ""));
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException _) {
            // Said below.
        }
        throw new IllegalArgumentException(option + " wants an address such as http://127.0.0.1:9100, not " + text);
    }

    private static Path there(String option, String text) {
        Path path = Path.of(text).toAbsolutePath().normalize();
        if (!Files.exists(path)) {
            throw new IllegalArgumentException(option + ": there is no " + path);
        }
        return path;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException("--token-file: cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
