package dev.heliograph.cli;

import dev.heliograph.loadtest.Control;
import dev.heliograph.loadtest.LoadException;
import dev.heliograph.loadtest.LoadPlan;
import dev.heliograph.loadtest.LoadResult;
import dev.heliograph.loadtest.LoadTest;
import dev.heliograph.server.auth.TokenIssuer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "load",
        description = {
            "Be many clients of a cluster, publish to them, and account for every message.",
            "Exit code 1 if a subscriber lacks an acknowledged message, gets one twice or late, or a limit is passed.",
            "The namespace of the channels must have a history and let clients subscribe and read it."
        },
        footer = {
            "",
            "While it runs it takes orders, one a line: 'mark NAME' keeps the figures that follow under that name,",
            "'end' ends it. FILE of --control is a named pipe, or a file that lines are added to, or - for stdin.",
            "",
            "Examples:",
            "  heliograph load --api-key-file key --token-secret-file secret --clients 2000 --seconds 60",
            "  heliograph load --url ws://10.0.0.1 --url ws://10.0.0.2 --api http://10.0.0.1 \\",
            "    --churn 50 --control orders --report report.json",
            "  echo mark deploy-begin >>orders",
            "  heliograph load run fan-out --clients 1000 --report fan-out"
        })
final class LoadCommand implements Callable<Integer> {

    /// Clients come back until the end, and some after it.
    private static final Duration TOKEN_LIFE = LoadPlan.MAX_TIME.multipliedBy(2);

    private final Shell shell;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where clients connect to; if given more than once, they are spread over all, and go on to"
                    + " the next when an attempt fails. Default: ws://127.0.0.1:8000/connection/websocket.")
    private List<URI> urls = new ArrayList<>();

    @Option(
            names = "--api",
            paramLabel = "URL",
            description = "Where publishers go to, likewise. Default: http://127.0.0.1:8000/api.")
    private List<URI> apis = new ArrayList<>();

    @Option(names = "--api-key-file", paramLabel = "FILE", description = "Holds the key of the API.")
    private Optional<Path> keyFile = Optional.empty();

    @Option(
            names = "--token-secret-file",
            paramLabel = "FILE",
            description = "Holds the HMAC secret of client tokens; without it clients are anonymous.")
    private Optional<Path> secretFile = Optional.empty();

    @Option(names = "--clients", paramLabel = "N", description = "Subscribers that stay. Default: ${DEFAULT-VALUE}.")
    private int clients = 100;

    @Option(names = "--channels", paramLabel = "N", description = "That they are spread over. Default: 10.")
    private int channels = 10;

    @Option(
            names = "--channel-prefix",
            paramLabel = "TEXT",
            description = "What names of channels begin with. Default: ${DEFAULT-VALUE}.")
    private String prefix = "chat:load-";

    @Option(
            names = "--publish-rate",
            paramLabel = "N",
            description = "Publications a second in all channels. Default: ${DEFAULT-VALUE}.")
    private int rate = 20;

    @Option(
            names = "--churn",
            paramLabel = "N",
            description = "Clients a second that come, hear one publication or wait a second, and go. Default: 0.")
    private int churn;

    @Option(
            names = "--ramp",
            paramLabel = "N",
            description = "Clients a second that come at the beginning. Default: ${DEFAULT-VALUE}.")
    private int ramp = 200;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long, from when all clients are there. Default: ${DEFAULT-VALUE}.")
    private int seconds = 60;

    @Option(names = "--report", paramLabel = "FILE", description = "Gets all figures. Default: ${DEFAULT-VALUE}.")
    private Path report = Path.of("report.json");

    @Option(
            names = "--progress",
            paramLabel = "TIME",
            converter = Conversions.Time.class,
            description = "How often the report is written anew, as 1s.")
    private Duration progress = Duration.ofSeconds(1);

    @Option(names = "--control", paramLabel = "FILE", description = "Where orders come from.")
    private Optional<String> control = Optional.empty();

    @Option(names = "--max-failed-handshakes", paramLabel = "N", description = "More than these fail the run.")
    private long maxFailedHandshakes = Long.MAX_VALUE;

    @Option(names = "--max-abrupt", paramLabel = "N", description = "More connections that broke off fail the run.")
    private long maxAbrupt = Long.MAX_VALUE;

    @Option(names = "--max-peak", paramLabel = "N", description = "More reconnects in a second fail the run.")
    private long maxPeak = Long.MAX_VALUE;

    LoadCommand(Shell shell) {
        this.shell = shell;
    }

    static List<Object> subcommands() {
        return List.of(new ScenarioCommand());
    }

    @Override
    public Integer call() throws InterruptedException {
        LoadTest test = test();
        PrintWriter err = spec.commandLine().getErr();
        control.ifPresent(from -> listen(new Control(test, line -> err.println(Table.safe(line))), from));
        try (Termination _ = new Termination(test::end)) {
            LoadResult result = test.run();
            spec.commandLine().getOut().println(result.line());
            return result.complete()
                            && result.failedHandshakes() <= maxFailedHandshakes
                            && result.abrupt() <= maxAbrupt
                            && result.peakReconnects() <= maxPeak
                    ? 0
                    : 1;
        } catch (LoadException e) {
            throw new Failure(String.valueOf(e.getMessage()), e);
        }
    }

    private LoadTest test() {
        if (progress.isZero()) {
            throw new ParameterException(spec.commandLine(), "--progress: at least 1s");
        }
        try {
            LoadPlan plan = new LoadPlan(
                    urls.isEmpty()
                            ? List.of(Endpoints.LOCAL_WEBSOCKET)
                            : urls.stream().map(Endpoints::websocket).toList(),
                    (apis.isEmpty()
                                    ? List.of(Endpoints.LOCAL_API)
                                    : apis.stream().map(Endpoints::api).toList())
                            .stream().map(api -> URI.create(api + "/publish")).toList(),
                    keyFile.map(LoadCommand::secret).orElse(""),
                    tokens(),
                    clients,
                    channels,
                    prefix,
                    rate,
                    churn,
                    ramp,
                    Duration.ofSeconds(seconds));
            return new LoadTest(plan, report.toAbsolutePath(), progress);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }

    private UnaryOperator<String> tokens() {
        if (secretFile.isEmpty()) {
            return _ -> "";
        }
        TokenIssuer issuer = TokenIssuer.hs256(secret(secretFile.get()), Clock.systemUTC());
        return user -> issuer.connection(user).expiresIn(TOKEN_LIFE).sign();
    }

    static String secret(Path file) {
        try {
            String secret = Files.readString(file).strip();
            if (secret.isEmpty()) {
                throw new Failure(file + ": is empty");
            }
            return secret;
        } catch (IOException e) {
            throw new Failure(file + ": can not be read: " + Causes.reason(e), e);
        }
    }

    private void listen(Control orders, String from) {
        if (from.equals("-")) {
            orders.read(shell.in());
            return;
        }
        try {
            orders.read(Path.of(from));
        } catch (IOException e) {
            throw new Failure(from + ": can not be read: " + Causes.reason(e), e);
        }
    }
}
