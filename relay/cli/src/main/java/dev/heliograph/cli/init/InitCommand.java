package dev.heliograph.cli.init;

import dev.heliograph.cli.Failure;
import dev.heliograph.cli.Shell;
import dev.heliograph.cli.init.Questions.Question;
import dev.heliograph.server.Version;
import dev.heliograph.server.config.RelayConfig;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "init",
        description = {
            "Begin: asks what the relays are for, and writes a configuration and an inventory for Ansible.",
            "What an option says is not asked. Nothing that is there is overwritten."
        },
        footer = {
            "",
            "Examples:",
            "  heliograph init",
            "  heliograph init --purpose chat --connections 20000 --latency 200ms --guarantee at-least-once \\",
            "      --hosts 192.0.2.1,192.0.2.2,192.0.2.3 --redis self-hosted --origins https://app.example.com",
            "  heliograph init --purpose dashboards --redis rediss://cache.example.com:6380 --yes"
        })
public final class InitCommand implements Runnable {

    private static final Question<Purpose> PURPOSE = new Question<>(
            "--purpose",
            "What is it for? " + Written.choices(Purpose.values(), Purpose::text),
            Purpose.CHAT.text(),
            Written::purpose);

    private static final Question<Integer> CONNECTIONS = new Question<>(
            "--connections", "How many connections at the same time, at most?", "10000", Written::connections);

    private static final Question<Duration> LATENCY = new Question<>(
            "--latency", "Within which time are 99 of 100 messages to arrive?", "200ms", Written::latency);

    private static final Question<Guarantee> GUARANTEE = new Question<>(
            "--guarantee",
            "What is guaranteed? " + Written.choices(Guarantee.values(), Guarantee::text),
            Guarantee.AT_LEAST_ONCE.text(),
            Written::guarantee);

    private static final Question<List<String>> HOSTS = new Question<>(
            "--hosts",
            "Which hosts? Their IPv4 addresses with commas, or none for placeholders",
            "none",
            Written::hosts);

    private static final Question<Optional<ManagedRedis>> REDIS = new Question<>(
            "--redis",
            "Which Redis? " + Written.SELF_HOSTED
                    + ", or redis://HOST:PORT or rediss://HOST:PORT (TLS) of a managed one",
            Written.SELF_HOSTED,
            Written::redis);

    private static final Question<List<String>> ORIGINS = new Question<>(
            "--origins",
            "Which web pages may connect? Their origins with commas, or none for a placeholder",
            "none",
            Written::origins);

    private final Shell shell;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--purpose",
            paramLabel = "PURPOSE",
            description = "chat, notifications, dashboards, collaboration, games or telemetry. Usual: chat.")
    private Optional<String> purpose = Optional.empty();

    @Option(
            names = "--connections",
            paramLabel = "NUMBER",
            description = "Connections at the same time, at most. Usual: 10000.")
    private Optional<String> connections = Optional.empty();

    @Option(
            names = "--latency",
            paramLabel = "TIME",
            description = "Within which 99 of 100 messages are to arrive, such as 200ms or 1s. Usual: 200ms.")
    private Optional<String> latency = Optional.empty();

    @Option(
            names = "--guarantee",
            paramLabel = "GUARANTEE",
            description = "best-effort, at-least-once or effectively-once. Usual: at-least-once.")
    private Optional<String> guarantee = Optional.empty();

    @Option(
            names = "--hosts",
            paramLabel = "ADDRESS,...",
            description = "IPv4 addresses of the hosts, or none for placeholders. Usual: none.")
    private Optional<String> hosts = Optional.empty();

    @Option(
            names = "--redis",
            paramLabel = "REDIS",
            description = "self-hosted, on some of the hosts; or redis://HOST:PORT of a managed one, with TLS"
                    + " rediss://HOST:PORT. Usual: self-hosted.")
    private Optional<String> redis = Optional.empty();

    @Option(
            names = "--origins",
            paramLabel = "ORIGIN,...",
            description =
                    "Web pages that may connect, as https://app.example.com, or none for a placeholder. Usual: none.")
    private Optional<String> origins = Optional.empty();

    @Option(names = "--yes", description = "Ask nothing: take what is usual for what is not given.")
    private boolean yes;

    @Option(names = "--out", paramLabel = "DIR", description = "The folder to write into. Default: heliograph.")
    private Path out = Path.of("heliograph");

    public InitCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        // Before anybody has answered seven questions for nothing.
        targets().forEach(InitCommand::requireAbsent);
        Advice advice = Advice.of(answers());
        Map<Path, String> files = files(advice);
        files.forEach(InitCommand::write);
        tell(advice, files);
    }

    private Answers answers() {
        requireAnswers();
        Questions questions = new Questions(spec.commandLine(), shell.in(), yes);
        return new Answers(
                questions.answer(PURPOSE, purpose),
                questions.answer(CONNECTIONS, connections),
                questions.answer(LATENCY, latency),
                questions.answer(GUARANTEE, guarantee),
                questions.answer(HOSTS, hosts),
                questions.answer(REDIS, redis),
                questions.answer(ORIGINS, origins));
    }

    /// A pipe may never end: nobody waits for answers from one.
    private void requireAnswers() {
        Map<String, Optional<String>> given = new LinkedHashMap<>();
        given.put(PURPOSE.option(), purpose);
        given.put(CONNECTIONS.option(), connections);
        given.put(LATENCY.option(), latency);
        given.put(GUARANTEE.option(), guarantee);
        given.put(HOSTS.option(), hosts);
        given.put(REDIS.option(), redis);
        given.put(ORIGINS.option(), origins);
        String missing = given.entrySet().stream()
                .filter(each -> each.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
        if (!yes && !missing.isEmpty() && shell.in() == System.in && !terminal()) {
            throw Questions.missing(spec.commandLine(), missing);
        }
    }

    private static boolean terminal() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    private List<Path> targets() {
        return List.of(relayFile(), hostsFile(), variablesFile());
    }

    private Path relayFile() {
        return out.resolve("relay.yaml");
    }

    private Path inventory() {
        return out.resolve("inventory");
    }

    private Path hostsFile() {
        return inventory().resolve("hosts.yml");
    }

    private Path variablesFile() {
        return inventory().resolve("group_vars").resolve("all").resolve("main.yml");
    }

    private Map<Path, String> files(Advice advice) {
        String relay = RelayFile.text(advice);
        // Nothing is written that a relay would refuse.
        RelayConfig.parse(relay);
        Map<Path, String> files = new LinkedHashMap<>();
        files.put(relayFile(), relay);
        files.put(hostsFile(), InventoryFiles.hosts(advice));
        files.put(variablesFile(), InventoryFiles.variables(advice, Version.current()));
        return files;
    }

    private static void requireAbsent(Path file) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new Failure(file + ": is there already; nothing was written. Move it away, or give another --out");
        }
    }

    private static void write(Path file, String text) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw new Failure(file + ": cannot be written: " + e, e);
        }
    }

    private void tell(Advice advice, Map<Path, String> files) {
        PrintWriter line = spec.commandLine().getOut();
        files.keySet().forEach(file -> line.println("wrote " + file));
        line.println();
        advice.reasons().forEach(line::println);
        line.println();
        advice.warnings().forEach(warning -> line.println("Mind: " + warning));
        line.println();
        line.println("Next, with the folder ansible/ of a release or a checkout:");
        if (advice.layout().placeholders()) {
            line.println("  " + editor() + " " + hostsFile());
        }
        line.println("  ansible/make-secrets " + inventory());
        if (advice.answers().redis().isPresent()) {
            line.println("  " + editor() + " " + inventory().resolve("group_vars/all/vault.yml")
                    + "    # heliograph_redis_password: that of the managed Redis");
        }
        line.println("  ansible-playbook -i " + inventory() + " ansible/site.yml");
        line.println("  ansible-playbook -i " + inventory() + " ansible/health_check.yml");
        line.println("Or one relay here, without Redis, to try it:");
        line.println("  export HELIOGRAPH_BROKER_TYPE=embedded HELIOGRAPH_HTTP_API_KEY=\"$(openssl rand -hex 32)\"");
        line.println("  export HELIOGRAPH_CLIENT_TOKEN_HMAC_SECRET_KEY=\"$(openssl rand -hex 32)\"");
        line.println("  heliograph relay --config " + relayFile());
        line.flush();
    }

    private static String editor() {
        return "\"$EDITOR\"";
    }
}
