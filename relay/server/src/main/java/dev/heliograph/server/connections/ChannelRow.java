package dev.heliograph.server.connections;

import java.util.Comparator;

/// A channel with subscribers.
///
/// @param subscribers  connections, on all nodes
/// @param inRate       publications a second, as the node hears them that hears most; one without subscribers
///                     hears none
/// @param outRate      publications a second to all subscribers together
/// @param rateWindowMs the time the rates are an average of; 0 if nothing was measured yet: measuring begins
///                     when somebody asks, and there are rates a second later
public record ChannelRow(String channel, long subscribers, double inRate, double outRate, long rateWindowMs) {

    static ChannelRow of(Questions.ChannelLoad load) {
        return new ChannelRow(
                load.channel(), load.subscribers(), load.rate(), load.rate() * load.subscribers(), load.rateWindowMs());
    }

    /// The same channel on another node.
    ChannelRow plus(ChannelRow other) {
        return new ChannelRow(
                channel,
                subscribers + other.subscribers,
                Math.max(inRate, other.inRate),
                outRate + other.outRate,
                Math.max(rateWindowMs, other.rateWindowMs));
    }

    static Comparator<ChannelRow> order(ChannelOrder order) {
        Comparator<ChannelRow> byName = Comparator.comparing(ChannelRow::channel);
        return switch (order) {
            case NAME -> byName;
            case SUBSCRIBERS ->
                Comparator.comparingLong(ChannelRow::subscribers).reversed().thenComparing(byName);
            case IN_RATE ->
                Comparator.comparingDouble(ChannelRow::inRate).reversed().thenComparing(byName);
            case OUT_RATE ->
                Comparator.comparingDouble(ChannelRow::outRate).reversed().thenComparing(byName);
        };
    }
}
