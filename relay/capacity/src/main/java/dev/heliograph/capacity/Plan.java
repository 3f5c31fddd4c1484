package dev.heliograph.capacity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What a load needs.
///
/// @param answer      in one sentence
/// @param demand      that it is for
/// @param calibration where the figures are from
/// @param nodes       relays
/// @param survivors   of these, after the failures that the demand tolerates
/// @param deliveriesPerS of the whole cluster
/// @param resources   of one survivor that carries its share of the whole load, and of one Redis shard
/// @param binding     the resource with the highest utilisation of what is allowed
/// @param reason      why it binds, and what it decides, in one sentence
/// @param all         of all relays together, when none is lost
/// @param ordinary    a relay when none is lost
/// @param redis       absent if there is one relay
/// @param storms      what happens when relays are lost
/// @param limits      for the configuration
/// @param cost        a month
/// @param uncertain   what this rests on without a measurement
public record Plan(
        String answer,
        Demand demand,
        String calibration,
        int nodes,
        int survivors,
        double deliveriesPerS,
        List<Resource> resources,
        String binding,
        String reason,
        Totals all,
        Ordinary ordinary,
        Optional<RedisPlan> redis,
        Storms storms,
        Limits limits,
        Cost cost,
        List<String> uncertain) {

    /// @param cpuCores in use, as the load needs them when deliveries may take as long as the target says
    public record Totals(double cpuCores, double memoryGib, double outMbit, double inMbit) {}

    /// @param cpuShare of a relay's processors that will be seen busy, at most: a relay with time to spare does
    ///     not wait for batches and is woken up for each publication, and uses more than the load needs
    /// @param p99Ms   likewise; an upper bound for publications that come at random times
    public record Ordinary(double connections, double deliveriesPerS, double cpuShare, double p99Ms) {}

    /// Times in seconds. Infinite: no processors are left for clients that come back.
    ///
    /// @param oneLostSeconds   until the clients of a lost relay are back on the others
    /// @param allLostSeconds   until all clients are back, when all relays were restarted at once
    /// @param connectsPerS     that the relays take meanwhile, after one was lost
    /// @param drainSeconds     that a relay is drained in at the pace of the demand
    public record Storms(double oneLostSeconds, double allLostSeconds, double connectsPerS, double drainSeconds) {}

    /// @param connectionLimit of a relay: twice its share, so that it bends before it breaks
    /// @param openFiles       of its process
    /// @param admittedRate    new connections a second of one load balancer
    /// @param redisMaxMemoryMb of one shard
    public record Limits(int connectionLimit, int openFiles, int admittedRate, int redisMaxMemoryMb) {}

    /// @param hosts of relays, Redis and load balancers
    public record Cost(double monthly, int hosts, double relays, double redis, double balancers, double traffic) {}

    public Plan {
        resources = List.copyOf(resources);
        uncertain = List.copyOf(uncertain);
    }

    /// The one that binds.
    public Resource bindingResource() {
        return mostUsed(resources);
    }

    static Resource mostUsed(List<Resource> resources) {
        return resources.stream()
                .max(Comparator.comparingDouble(Resource::ofAllowed))
                .orElseThrow();
    }

    /// Of a relay or Redis; empty if there is no such thing in this plan.
    public Optional<Resource> resource(String name) {
        return resources.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    public ObjectNode json() {
        return Tree.write(this);
    }
}
