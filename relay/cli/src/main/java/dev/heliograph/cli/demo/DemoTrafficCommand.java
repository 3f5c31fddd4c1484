package dev.heliograph.cli.demo;

import dev.heliograph.cli.Shell;
import dev.heliograph.cli.Termination;
import java.net.URI;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Not shown in the list of commands: it is a part of `make demo`, and no measure of anything.
@Command(
        name = "demo-traffic",
        hidden = true,
        description = {
            "Be the users of the demo cluster, its back end, and one network that misbehaves (203.0.113.0/24), until"
                    + " SIGTERM.",
            "The relays must trust the address of this machine as that of a proxy, have the namespaces of"
                    + " examples/cluster/relay.yaml, and their secret must be in the variable "
                    + DemoTrafficCommand.SECRET_VARIABLE + "."
        },
        footer = {"", "Example:", "  heliograph demo-traffic --url http://127.0.0.1:8000 --users 300"})
public final class DemoTrafficCommand implements Callable<Integer> {

    static final String SECRET_VARIABLE = "HELIOGRAPH_CLIENT_TOKEN_HMAC_SECRET_KEY";

    private static final int MOST = 5_000;

    private final Shell shell;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--url", paramLabel = "URL", description = "Where the relays are; default ${DEFAULT-VALUE}.")
    private URI url = URI.create("http://127.0.0.1:8000");

    @Option(names = "--key", paramLabel = "KEY", description = "Key of the HTTP API; default ${DEFAULT-VALUE}.")
    private String key = "demo";

    @Option(names = "--users", paramLabel = "N", description = "How many users; default ${DEFAULT-VALUE}.")
    private int users = 300;

    @Option(names = "--no-flood", negatable = false, description = "Without the network that misbehaves.")
    private boolean peaceful;

    public DemoTrafficCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws InterruptedException {
        String secret = shell.variable(SECRET_VARIABLE);
        if (secret.isEmpty()) {
            throw new ParameterException(spec.commandLine(), SECRET_VARIABLE + " is not set");
        }
        if (users < 1 || users > MOST) {
            throw new ParameterException(spec.commandLine(), "--users: from 1 to " + MOST);
        }
        URI endpoint = URI.create(url.toString().replaceFirst("^http", "ws") + "/connection/websocket");
        CountDownLatch end = new CountDownLatch(1);
        try (Termination _ = new Termination(end::countDown);
                Crowd crowd = new Crowd(endpoint, secret, users);
                Prices prices = new Prices(URI.create(url + "/api/publish"), key);
                Flood flood = new Flood(endpoint)) {
            crowd.start();
            prices.start();
            if (!peaceful) {
                flood.start();
            }
            spec.commandLine().getOut().println("%d users come to %s".formatted(users, url));
            spec.commandLine().getOut().flush();
            end.await();
        }
        return 0;
    }
}
