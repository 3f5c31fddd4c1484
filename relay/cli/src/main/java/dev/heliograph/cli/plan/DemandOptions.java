package dev.heliograph.cli.plan;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heliograph.capacity.CapacityException;
import dev.heliograph.capacity.Demand;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/// The load, an option for each key of [Demand]: `--publish-rate` is `publish_rate`.
@SuppressWarnings("UnusedVariable") // Picocli keeps them: only what is given counts, and that it knows.
final class DemandOptions {

    private static final Demand USUAL = Demand.DEFAULT;

    @Option(
            names = "--demand",
            paramLabel = "FILE",
            description = "A JSON file with any of these, as {\"publish_rate\": 100}; options win.")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--connections", paramLabel = "N", description = "At the same time. Default: ${DEFAULT-VALUE}.")
    private int connections = USUAL.connections();

    @Option(
            names = "--channels",
            paramLabel = "N",
            description = "That somebody is subscribed to. Default: ${DEFAULT-VALUE}.")
    private int channels = USUAL.channels();

    @Option(
            names = "--publish-rate",
            paramLabel = "N",
            description = "Publications a second in all channels together. Default: ${DEFAULT-VALUE}.")
    private double publishRate = USUAL.publishRate();

    @Option(names = "--payload-bytes", paramLabel = "N", description = "Of a publication. Default: ${DEFAULT-VALUE}.")
    private int payloadBytes = USUAL.payloadBytes();

    @Option(
            names = "--fan-out",
            paramLabel = "N",
            description = "Subscribers that get a publication, on average. Default: ${DEFAULT-VALUE}.")
    private double fanOut = USUAL.fanOut();

    @Option(
            names = "--presence-share",
            paramLabel = "0..1",
            description = "Of all subscriptions, those in channels with presence. Default: ${DEFAULT-VALUE}.")
    private double presenceShare = USUAL.presenceShare();

    @Option(
            names = "--guarantee",
            paramLabel = "GUARANTEE",
            description = "best-effort, at-least-once or effectively-once. Default: at-least-once.")
    private String guarantee = "";

    @Option(
            names = "--history-size",
            paramLabel = "N",
            description = "Publications that a channel keeps. Default: ${DEFAULT-VALUE}.")
    private int historySize = USUAL.historySize();

    @Option(names = "--history-seconds", paramLabel = "N", description = "For how long. Default: ${DEFAULT-VALUE}.")
    private int historySeconds = USUAL.historySeconds();

    @Option(
            names = "--latency-ms",
            paramLabel = "N",
            description = "Within which 99 of 100 deliveries are to arrive. Default: ${DEFAULT-VALUE}.")
    private double latencyMs = USUAL.latencyMs();

    @Option(
            names = "--failures",
            paramLabel = "N",
            description = "Relays that may be lost while the rest carries it all. Default: ${DEFAULT-VALUE}.")
    private int failures = USUAL.failures();

    @Option(
            names = "--growth",
            paramLabel = "FACTOR",
            description = "What connections, channels and rates are multiplied with. Default: ${DEFAULT-VALUE}.")
    private double growth = USUAL.growth();

    @Option(
            names = "--connect-rate",
            paramLabel = "N",
            description = "Connects a second on an ordinary day. Default: ${DEFAULT-VALUE}.")
    private double connectRate = USUAL.connectRate();

    @Option(
            names = "--ping-seconds",
            paramLabel = "N",
            description = "Between two pings of a connection. Default: ${DEFAULT-VALUE}.")
    private double pingSeconds = USUAL.pingSeconds();

    @Option(
            names = "--drain-pace",
            paramLabel = "N",
            description = "Connections a second that a drain asks to go. Default: ${DEFAULT-VALUE}.")
    private double drainPace = USUAL.drainPace();

    @Option(
            names = "--target-utilisation",
            paramLabel = "0..0.9",
            description = "Of processors and network, not to be exceeded. Default: ${DEFAULT-VALUE}.")
    private double targetUtilisation = USUAL.targetUtilisation();

    @Option(names = "--cores", paramLabel = "N", description = "Of one machine. Default: ${DEFAULT-VALUE}.")
    private int cores = USUAL.cores();

    @Option(names = "--memory-gib", paramLabel = "N", description = "Of one machine. Default: ${DEFAULT-VALUE}.")
    private double memoryGib = USUAL.memoryGib();

    @Option(
            names = "--network-mbit",
            paramLabel = "N",
            description = "Of one machine, each way. Default: ${DEFAULT-VALUE}.")
    private double networkMbit = USUAL.networkMbit();

    @Option(
            names = "--price",
            paramLabel = "USD",
            description = "Of one machine and month; yours is another one. Default: ${DEFAULT-VALUE}.")
    private double price = USUAL.price();

    @Option(
            names = "--price-per-gb",
            paramLabel = "USD",
            description = "Of traffic to clients. Default: ${DEFAULT-VALUE}.")
    private double pricePerGb = USUAL.pricePerGb();

    /// The load that file and options describe together.
    ///
    /// @throws CapacityException        if the file can not be read
    /// @throws IllegalArgumentException with the option, or the file and the key, if a value makes no sense
    Demand demand(ParseResult parsed) {
        ObjectNode changes = file.map(Demand::fileObject).orElseGet(JsonNodeFactory.instance::objectNode);
        Set<String> given = new HashSet<>();
        for (OptionSpec option : parsed.matchedOptions()) {
            String key = option.longestName().substring(2).replace('-', '_');
            if (USUAL.json().has(key)) {
                given.add(key);
                switch (option.<Object>getValue()) {
                    case Integer number -> changes.put(key, number);
                    case Double number -> changes.put(key, number);
                    case Object text -> changes.put(key, text.toString());
                }
            }
        }
        String source = file.map(Path::toString).orElse("options");
        try {
            return USUAL.with(source, changes);
        } catch (CapacityException e) {
            String wrong = String.valueOf(e.getMessage()).substring(source.length() + 2);
            String key = wrong.substring(0, Math.max(0, wrong.indexOf(':')));
            throw new IllegalArgumentException(
                    given.contains(key)
                            ? "--" + key.replace('_', '-') + wrong.substring(key.length())
                            : source + ": " + wrong,
                    e);
        }
    }
}
