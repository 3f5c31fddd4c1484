package dev.heliograph.capacity;

import dev.heliograph.capacity.Calibration.Measured;
import dev.heliograph.capacity.Calibration.Redis;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Says what a load needs. Immutable, threadsafe, and without a clock or randomness: the same inputs make the
/// same plan.
///
/// The number of relays is the smallest at which those that are left after the tolerated failures carry the
/// whole load, none of their resources above what may be used of it.
public final class CapacityModel {

    /// A cluster of more is beyond everything that was ever measured.
    public static final int MAX_NODES = 10_000;

    private final Calibration calibration;
    private final DeliveryCost cost;
    private final Batches batches;

    public CapacityModel(Calibration calibration) {
        this.calibration = calibration;
        this.cost = new DeliveryCost(calibration.measured().delivery());
        this.batches = new Batches(calibration.measured().delivery());
    }

    /// @throws CapacityException if no number of relays carries the load, with what stands against it
    public Plan plan(Demand demand) {
        int survivors = survivors(demand);
        return new PlanMaker(this, demand, survivors, survivors + demand.failures()).plan();
    }

    private int survivors(Demand demand) {
        if (demand.failures() == 0 && fits(demand, 1, 1)) {
            return 1;
        }
        int least = demand.failures() == 0 ? 2 : 1;
        int high = least;
        while (!fits(demand, high, high + demand.failures())) {
            if (high >= MAX_NODES) {
                throw CapacityException.impossible(why(demand));
            }
            high = Math.min(MAX_NODES, high * 2);
        }
        int low = Math.max(least, high / 2);
        while (low < high) {
            int middle = (low + high) / 2;
            if (fits(demand, middle, middle + demand.failures())) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return high;
    }

    private boolean fits(Demand demand, int relays, int nodes) {
        NodeLoad load = load(demand, relays, nodes > 1);
        if (load.meanWaitAllowed() <= 0) {
            throw CapacityException.impossible(
                    "a p99 of " + Check.number(demand.latencyMs()) + " ms can not be met: without"
                            + " any load it was measured to be " + Check.number(load.idleMs()) + " ms");
        }
        return resources(demand, load).stream().allMatch(Resource::fits);
    }

    private String why(Demand demand) {
        List<Resource> resources = resources(demand, load(demand, MAX_NODES, true));
        // Without processors left latency is infinite as well, which would explain nothing.
        String worst = resources.stream()
                .filter(each -> !each.fits() && !each.name().equals("latency"))
                .map(Resource::name)
                .findFirst()
                .orElse("latency");
        return "no cluster of up to " + MAX_NODES + " relays carries this: even then "
                + switch (worst) {
                    case "latency" -> "a publication to so many subscribers takes longer than the latency allows";
                    case "cpu" -> "the processors of a relay do not suffice for the publications that each relay hears";
                    default -> "the " + worst + " of a relay does not suffice";
                };
    }

    /// @param shared whether there is a Redis, as for more than one relay
    NodeLoad load(Demand demand, double relays, boolean shared) {
        return new NodeLoad(demand, measured(), cost, relays, shared ? Optional.of(redis()) : Optional.empty());
    }

    /// As measured, or as much as a relay alone if there was no Redis to measure with.
    Redis redis() {
        Measured measured = measured();
        return measured.redis()
                .orElseGet(() -> new Redis(
                        2 * measured.publication().apiCpuUs(),
                        2 * measured.publication().apiCpuUs(),
                        Optional.empty(),
                        measured.publication().apiCpuUs(),
                        measured.publication().apiCpuUs(),
                        2 * measured.latency().idleP99Ms(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    Measured measured() {
        return calibration.measured();
    }

    Calibration calibration() {
        return calibration;
    }

    DeliveryCost cost() {
        return cost;
    }

    /// Of one relay that carries its share.
    List<Resource> resources(Demand demand, NodeLoad load) {
        List<Resource> resources = new ArrayList<>();
        double target = demand.targetUtilisation();
        resources.add(new Resource("cpu", "cores", load.cpu(load.meanWaitAllowed()), demand.cores(), target));
        resources.add(new Resource("latency", "ms p99", load.p99Ms(), demand.latencyMs(), 1));
        resources.add(new Resource("memory", "GiB", load.memory() / Assumed.GIB, demand.memoryGib(), Assumed.FULL));
        resources.add(new Resource(
                "heap", "GiB", load.heap() / Assumed.GIB, demand.memoryGib() * Assumed.HEAP_SHARE, Assumed.FULL));
        resources.add(new Resource("network out", "Mbit/s", load.outMbit(), demand.networkMbit(), target));
        resources.add(new Resource("network in", "Mbit/s", load.inMbit(), demand.networkMbit(), target));
        resources.add(new Resource(
                "open files", "files", load.connections() + Assumed.OTHER_FILES, Assumed.OPEN_FILES, Assumed.FULL));
        return resources;
    }

    /// Deliveries a second of all its subscribers at which a relay's process has no processor time left.
    ///
    /// Each publication costs what it costs to accept, and each delivery what it costs at the batch that as many
    /// publications in flight were measured to make: `cores / (accept / subscribers + delivery)`. Connections and
    /// pings count for nothing here.
    public double predictedSaturation(Scenario scenario) {
        return scenario.cores() * 1e6 / cpuMicros(scenario);
    }

    /// CPU microseconds of the relay for each delivery of a scenario, its part of the publication included.
    public double cpuMicros(Scenario scenario) {
        double accept = switch (scenario.publishing()) {
            case API -> measured().publication().apiCpuUs();
            case BATCH -> measured().publication().apiBatchCpuUs();
            case WEBSOCKET ->
                measured()
                        .publication()
                        .websocketCpuUs()
                        .orElse(measured().publication().apiBatchCpuUs());
            case REDIS -> redis().apiCpuUs() + redis().heardCpuUs().orElse(Assumed.HEARD_US);
            case REDIS_HISTORY ->
                redis().apiHistoryCpuUs() + redis().heardCpuUs().orElse(Assumed.HEARD_US);
        };
        return accept / scenario.subscribers()
                + cost.micros(batches.framesPerWrite(scenario.inFlightToEach()), scenario.payloadBytes());
    }

    /// How cost, relays and what binds change with one input. Ends early where nothing carries the load any
    /// more.
    ///
    /// @param from  of the input; fan-out is kept below the connections
    /// @param steps points, at even ratios; fewer if the input is whole and has not so many values
    /// @throws CapacityException if the range makes no sense, or already its first point can not be carried
    public Curve curve(Demand demand, DemandInput input, double from, double to, int steps) {
        return new CurveMaker(this, demand, input).between(from, to, steps);
    }

    /// The same from an eighth of the demand's own value to eight times it, as far as that makes sense.
    ///
    /// @throws CapacityException if the value is 0, or already the first point can not be carried
    public Curve curve(Demand demand, DemandInput input, int steps) {
        return new CurveMaker(this, demand, input).around(steps);
    }
}
