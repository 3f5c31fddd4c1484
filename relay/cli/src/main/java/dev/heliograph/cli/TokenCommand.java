package dev.heliograph.cli;

import dev.heliograph.server.auth.TokenDraft;
import dev.heliograph.server.auth.TokenIssuer;
import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.server.config.TokenConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "token",
        description = {
            "Sign a token for a client, and print it.",
            "With --channel it is a subscription token for that channel, else a connection token.",
            "The secret is that of --secret, else of the configuration file, else of the variable "
                    + TokenCommand.SECRET_VARIABLE + "."
        },
        footer = {
            "",
            "Examples:",
            "  heliograph token --secret S --user 42 --ttl 10m --info '{\"name\":\"Ann\"}'",
            "  heliograph token --config relay.yaml --user 42 --channel '$vip:1'"
        })
final class TokenCommand implements Runnable {

    static final String SECRET_VARIABLE = "HELIOGRAPH_CLIENT_TOKEN_HMAC_SECRET_KEY";

    /// What a token is signed with, all HMAC.
    enum Algorithm {
        HS256,
        HS384,
        HS512;

        private TokenIssuer issuer(String secret) {
            Clock clock = Clock.systemUTC();
            return switch (this) {
                case HS256 -> TokenIssuer.hs256(secret, clock);
                case HS384 -> TokenIssuer.hs384(secret, clock);
                case HS512 -> TokenIssuer.hs512(secret, clock);
            };
        }
    }

    private final Shell shell;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--secret", paramLabel = "SECRET", description = "The HMAC secret that the relay verifies with.")
    private Optional<String> secret = Optional.empty();

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The relay's configuration: its secret, audience, issuer and claim of the user.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = {"-u", "--user"},
            paramLabel = "ID",
            description = "The user; without one the client is anonymous.")
    private String user = "";

    @Option(
            names = "--ttl",
            paramLabel = "TIME",
            converter = Conversions.Time.class,
            description = "How long the token is valid, as 90s or 1h30m; 0s for ever. Default: 1h.")
    private Duration ttl = Duration.ofHours(1);

    @Option(names = "--channel", paramLabel = "CHANNEL", description = "Make a subscription token for this channel.")
    private Optional<String> channel = Optional.empty();

    @Option(
            names = "--subscribe",
            paramLabel = "CHANNEL",
            description = "Let the relay subscribe the client to this channel when it connects. Can be repeated.")
    private List<String> subscribe = new ArrayList<>();

    @Option(
            names = "--client",
            paramLabel = "ID",
            description = "With --channel: the only connection that may use the token.")
    private Optional<String> client = Optional.empty();

    @Option(names = "--info", paramLabel = "JSON", description = "What others see of the user.")
    private Optional<String> info = Optional.empty();

    @Option(names = "--data", paramLabel = "JSON", description = "With --channel: what the client gets on subscribing.")
    private Optional<String> data = Optional.empty();

    @Option(names = "--meta", paramLabel = "JSON", description = "Without --channel: what only the relay sees.")
    private Optional<String> meta = Optional.empty();

    @Option(names = "--audience", paramLabel = "TEXT", description = "The claim aud.")
    private Optional<String> audience = Optional.empty();

    @Option(names = "--issuer", paramLabel = "TEXT", description = "The claim iss.")
    private Optional<String> issuer = Optional.empty();

    @Option(
            names = "--algorithm",
            paramLabel = "NAME",
            description = "One of ${COMPLETION-CANDIDATES}. Default: HS256.")
    private Algorithm algorithm = Algorithm.HS256;

    TokenCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        channel.ifPresentOrElse(
                _ -> {
                    refuse("--subscribe", !subscribe.isEmpty(), "is for connection tokens, without --channel");
                    refuse("--meta", meta.isPresent(), "is for connection tokens, without --channel");
                },
                () -> {
                    refuse("--client", client.isPresent(), "is for subscription tokens, with --channel");
                    refuse("--data", data.isPresent(), "is for subscription tokens, with --channel");
                });
        Optional<TokenConfig> config = file.map(path -> section(ConfigFile.read(Optional.of(path), shell)));
        TokenIssuer signer = algorithm.issuer(secret(config));
        spec.commandLine().getOut().println(draft(signer, config).sign());
    }

    private void refuse(String option, boolean given, String reason) {
        if (given) {
            throw new ParameterException(spec.commandLine(), option + " " + reason);
        }
    }

    private TokenConfig section(RelayConfig config) {
        return channel.isPresent()
                ? config.client().subscriptionTokens()
                : config.client().token();
    }

    private String secret(Optional<TokenConfig> config) {
        if (secret.isPresent()) {
            return require(secret.get(), () -> new ParameterException(spec.commandLine(), "--secret is empty"));
        }
        if (config.isPresent()) {
            return require(
                    config.get().hmacSecretKey(),
                    () -> new Failure(file.map(Path::toString).orElse("")
                            + ": has no hmac_secret_key, and only with one a token can be signed here"));
        }
        return require(
                shell.variable(SECRET_VARIABLE),
                () -> new ParameterException(
                        spec.commandLine(), "a secret is missing: give --secret, --config or " + SECRET_VARIABLE));
    }

    private static String require(String secret, Supplier<RuntimeException> otherwise) {
        if (secret.isEmpty()) {
            throw otherwise.get();
        }
        return secret;
    }

    private TokenDraft draft(TokenIssuer signer, Optional<TokenConfig> config) {
        String claim =
                setting(Optional.empty(), config, TokenConfig::userIdClaim).orElse("sub");
        TokenDraft draft = channel.map(name -> signer.subscription("", name)).orElseGet(() -> signer.connection(""));
        if (!user.isEmpty()) {
            draft.claim(claim, user);
        }
        if (ttl.isPositive()) {
            draft.expiresIn(ttl);
        }
        if (!subscribe.isEmpty()) {
            draft.channels(subscribe);
        }
        client.ifPresent(draft::client);
        json("info", info, draft);
        json("data", data, draft);
        json("meta", meta, draft);
        setting(audience, config, TokenConfig::audience).ifPresent(draft::audience);
        setting(issuer, config, TokenConfig::issuer).ifPresent(draft::issuer);
        return draft;
    }

    private static Optional<String> setting(
            Optional<String> option, Optional<TokenConfig> config, Function<TokenConfig, String> setting) {
        return option.or(() -> config.map(setting)).filter(text -> !text.isEmpty());
    }

    private void json(String name, Optional<String> text, TokenDraft draft) {
        try {
            text.ifPresent(json -> draft.json(name, json));
        } catch (IllegalArgumentException _) {
            throw new ParameterException(spec.commandLine(), "--" + name + ": '" + text.orElse("") + "' is not JSON");
        }
    }
}
