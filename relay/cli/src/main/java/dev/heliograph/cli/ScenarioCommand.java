package dev.heliograph.cli;

import dev.heliograph.loadtest.LoadException;
import dev.heliograph.loadtest.scenario.ProgressLine;
import dev.heliograph.loadtest.scenario.Reports;
import dev.heliograph.loadtest.scenario.Result;
import dev.heliograph.loadtest.scenario.Scenario;
import dev.heliograph.loadtest.scenario.ScenarioRun;
import dev.heliograph.loadtest.scenario.Settings;
import dev.heliograph.server.Version;
import dev.heliograph.server.auth.TokenIssuer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        description = {
            "Run one of the scenarios ramp, fan-out, small-channels, chat-rooms, presence, connect-storm,"
                    + " reconnect-storm, slow-consumers and soak, and account for every message.",
            "Clients publish, too: the channels must let them. Exit code 1 if something is lost, duplicated or"
                    + " reordered, a client is disconnected, or a limit is passed. Ctrl-C ends it in order."
        },
        footer = {
            "",
            "Examples:",
            "  heliograph load run fan-out --clients 1000 --rate 100 --seconds 30 --report fan-out",
            "  heliograph load run reconnect-storm --clients 5000 --channel-prefix chat: --max-p99 500"
        })
final class ScenarioCommand implements Callable<Integer> {

    private static final Duration TOKEN_LIFE = Duration.ofHours(2);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SCENARIO", description = "What clients do.")
    private String scenario = "";

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where clients connect to; if given more than once, they are spread over all."
                    + " Default: ws://127.0.0.1:8000/connection/websocket.")
    private List<URI> urls = new ArrayList<>();

    @Option(
            names = "--token-secret-file",
            paramLabel = "FILE",
            description = "Holds the HMAC secret of client tokens; without it clients are anonymous.")
    private Optional<Path> secretFile = Optional.empty();

    @Option(names = "--channel-prefix", paramLabel = "TEXT", description = "What names of channels begin with.")
    private String prefix = "load-";

    @Option(names = "--clients", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
    private int clients = 1_000;

    @Option(names = "--channels", paramLabel = "N", description = "Default: as the scenario needs.")
    private Optional<Integer> channels = Optional.empty();

    @Option(names = "--member-of", paramLabel = "N", description = "Channels of each client. Default: 1; chat-rooms 3.")
    private Optional<Integer> memberOf = Optional.empty();

    @Option(names = "--size", paramLabel = "BYTES", description = "Of a payload. Default: ${DEFAULT-VALUE}.")
    private int size = 128;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Publications a second in all channels; 0 publishes as fast as they are delivered."
                    + " Default: ${DEFAULT-VALUE}.")
    private double rate = 50;

    @Option(names = "--loops", paramLabel = "N", description = "Threads of the clients. Default: ${DEFAULT-VALUE}.")
    private int loops = 1;

    @Option(names = "--senders", paramLabel = "N", description = "Connections that publish. Default: ${DEFAULT-VALUE}.")
    private int senders = 1;

    @Option(names = "--ramp", paramLabel = "N", description = "Clients a second that come in ramp. Default: 200.")
    private double ramp = 200;

    @Option(
            names = "--churn",
            paramLabel = "N",
            description = "Clients a second that go while as many come, in presence and soak. Default: 10.")
    private double churn = 10;

    @Option(names = "--slow-share", paramLabel = "N", description = "Of the clients in slow-consumers. Default: 0.1.")
    private double slowShare = 0.1;

    @Option(names = "--seconds", paramLabel = "N", description = "Of publishing. Default: ${DEFAULT-VALUE}.")
    private int seconds = 30;

    @Option(names = "--report", paramLabel = "DIR", description = "Gets result.json and report.html.")
    private Optional<Path> report = Optional.empty();

    @Option(names = "--max-p99", paramLabel = "MS", description = "A higher 99th percentile of latency fails the run.")
    private double maxP99 = Double.MAX_VALUE;

    @Option(
            names = "--max-entry-p99",
            paramLabel = "MS",
            description = "A higher 99th percentile of the time to come in fails the run.")
    private double maxEntryP99 = Double.MAX_VALUE;

    @Option(names = "--min-deliveries", paramLabel = "N", description = "Fewer deliveries a second fail the run.")
    private double minDeliveries;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        ProgressLine progress = new ProgressLine(
                err, System.console() != null && System.console().isTerminal());
        ScenarioRun run = run(progress);
        Result result;
        try (Termination _ = new Termination(run::end)) {
            result = run.run();
        } catch (LoadException e) {
            throw new Failure(String.valueOf(e.getMessage()), e);
        } finally {
            progress.end();
        }
        report.ifPresent(folder -> write(result, folder));
        spec.commandLine().getOut().println(result.line());
        return result.exact()
                        && result.latencyMillis(99) <= maxP99
                        && result.entryMillis(99) <= maxEntryP99
                        && result.deliveriesPerSecond() >= minDeliveries
                ? 0
                : 1;
    }

    private static void write(Result result, Path folder) {
        try {
            Reports.write(result, Version.current(), folder);
        } catch (IOException e) {
            throw new Failure(folder + ": the report can not be written: " + Causes.reason(e), e);
        }
    }

    private ScenarioRun run(ProgressLine progress) {
        try {
            Scenario which = Scenario.of(scenario);
            int each = memberOf.orElse(which == Scenario.CHAT_ROOMS ? 3 : 1);
            int all = channels.orElse(
                    switch (which) {
                        case FAN_OUT, SLOW_CONSUMERS -> 1;
                        case SMALL_CHANNELS -> Math.max(1, clients / 5);
                        // Ten members in each room.
                        case CHAT_ROOMS -> Math.max(each, clients * each / 10);
                        case RAMP, PRESENCE, CONNECT_STORM, RECONNECT_STORM, SOAK -> Math.max(1, clients / 100);
                    });
            Settings settings = new Settings(
                    which,
                    urls.isEmpty()
                            ? List.of(Endpoints.LOCAL_WEBSOCKET)
                            : urls.stream().map(Endpoints::websocket).toList(),
                    prefix,
                    clients,
                    all,
                    each,
                    size,
                    rate,
                    loops,
                    senders,
                    ramp,
                    churn,
                    slowShare,
                    Duration.ofSeconds(seconds));
            return new ScenarioRun(settings, tokens(Duration.ofSeconds(seconds)), progress);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }

    /// Clients may come in or come back until the end.
    private IntFunction<String> tokens(Duration time) {
        if (secretFile.isEmpty()) {
            return _ -> "";
        }
        TokenIssuer issuer = TokenIssuer.hs256(LoadCommand.secret(secretFile.get()), Clock.systemUTC());
        return number -> issuer.connection("load-" + number)
                .expiresIn(TOKEN_LIFE.plus(time))
                .sign();
    }
}
