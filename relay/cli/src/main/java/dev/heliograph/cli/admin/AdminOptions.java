package dev.heliograph.cli.admin;

import dev.heliograph.cli.Failure;
import dev.heliograph.cli.Shell;
import dev.heliograph.runbook.cluster.AdminCalls;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Where the admin API is, and who asks: the options that all commands for operators have.
///
/// A token is never an argument: arguments can be read by everybody on the host.
public final class AdminOptions {

    static final String URL_VARIABLE = "HELIOGRAPH_OPERATOR_URL";

    static final String TOKEN_VARIABLE = "HELIOGRAPH_OPERATOR_TOKEN";

    static final URI LOCAL = URI.create("http://127.0.0.1:8010");

    private final Shell shell;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The admin API of a node. Default: that of " + URL_VARIABLE + ", else http://127.0.0.1:8010.")
    private Optional<URI> url = Optional.empty();

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "A file that holds the operator's token. Default: the token is that of " + TOKEN_VARIABLE + ".")
    private Optional<Path> tokenFile = Optional.empty();

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "PEM of the authority that the API's certificate is trusted by, if Java does not know it.")
    private Optional<Path> ca = Optional.empty();

    public AdminOptions(Shell shell) {
        this.shell = shell;
    }

    /// @throws Failure if there is no token
    AdminClient client() {
        return new AdminClient(endpoint(), token(), ca);
    }

    /// Calls for runbooks: the URL and the token are looked for when the first one is made.
    public AdminCalls calls() {
        return request -> {
            AdminClient.Call call = AdminClient.call(request.method(), request.path());
            request.query().forEach(call::with);
            request.body().ifPresent(call::body);
            try {
                return client().send(call);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new Failure("interrupted");
            }
        };
    }

    /// The host of the admin API, which stands for the cluster where nobody names it.
    public String host() {
        return endpoint().getHost();
    }

    private URI endpoint() {
        String variable = shell.variable(URL_VARIABLE);
        URI given = url.orElseGet(() -> variable.isEmpty() ? LOCAL : URI.create(variable));
        String scheme = String.valueOf(given.getScheme());
        if (given.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw new ParameterException(spec.commandLine(), "--url: '" + given + "' is not a URL such as " + LOCAL);
        }
        return given;
    }

    private String token() {
        if (tokenFile.isPresent()) {
            try {
                return Files.readString(tokenFile.get()).strip();
            } catch (IOException e) {
                throw new Failure(tokenFile.get() + ": cannot be read: " + e.getMessage(), e);
            }
        }
        String token = shell.variable(TOKEN_VARIABLE).strip();
        if (token.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "a token is missing: give --token-file or " + TOKEN_VARIABLE
                            + "; 'heliograph operator-token' makes one");
        }
        return token;
    }
}
