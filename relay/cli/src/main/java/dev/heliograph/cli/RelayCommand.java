package dev.heliograph.cli;

import dev.heliograph.server.Relay;
import dev.heliograph.server.Version;
import dev.heliograph.server.config.HttpServerConfig;
import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.server.config.Reloader;
import dev.heliograph.server.control.ControlException;
import dev.heliograph.server.http.ListenException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "relay",
        description = {
            "Run a relay until SIGTERM or SIGINT.",
            "A line 'listening on ADDRESS:PORT' on stdout says that it accepts connections; its log goes to stderr.",
            "A variable HELIOGRAPH_<KEY> in the environment overrides a key of the file.",
            "On SIGHUP it reads the file again; its log says what has changed, or why nothing has."
        },
        footer = {
            "",
            "Examples:",
            "  heliograph relay --config relay.yaml",
            "  HELIOGRAPH_HTTP_SERVER_PORT=9000 heliograph relay --config relay.yaml"
        })
final class RelayCommand implements Callable<Integer> {

    private final Shell shell;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration file; without one the defaults.")
    private Optional<Path> file = Optional.empty();

    RelayCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws InterruptedException {
        RelayConfig config = ConfigFile.read(file, shell);
        Logging.configure(config);
        PrintWriter out = spec.commandLine().getOut();
        CountDownLatch end = new CountDownLatch(1);
        try (Relay relay = start(config);
                Termination _ = new Termination(end::countDown);
                Hangup _ = new Hangup(reloader(relay), end::countDown)) {
            out.println("heliograph %s listening on %s:%d"
                    .formatted(Version.current(), address(config.httpServer()), relay.port()));
            out.flush();
            end.await();
            relay.close();
        }
        out.println("heliograph stopped");
        out.flush();
        return 0;
    }

    private Reloader reloader(Relay relay) {
        Reloader reloader = relay.reloader();
        reloader.readFrom(() -> ConfigFile.read(file, shell));
        reloader.add(next -> () -> Logging.reconfigure(next));
        return reloader;
    }

    private static Relay start(RelayConfig config) {
        try {
            return Relay.start(config);
        } catch (ListenException | ControlException e) {
            throw new Failure(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            throw new Failure("cannot start: " + Causes.reason(e), e);
        }
    }

    private static String address(HttpServerConfig server) {
        String address = server.address().isEmpty() ? "0.0.0.0" : server.address();
        return address.contains(":") ? "[" + address + "]" : address;
    }
}
