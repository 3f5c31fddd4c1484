package dev.heliograph.server.connections;

import dev.heliograph.server.cluster.Cluster;
import dev.heliograph.server.hub.Hub;
import java.util.Comparator;
import java.util.List;

/// What this node knows of channels when a node of the cluster, itself maybe, asks. Threadsafe.
final class LocalChannels implements AutoCloseable {

    private final Hub hub;
    private final ChannelMeter meter;

    LocalChannels(Hub hub) {
        this.hub = hub;
        this.meter = new ChannelMeter(hub, System::nanoTime);
    }

    void offer(Cluster cluster) {
        cluster.handle(Questions.CHANNELS, this::channels);
    }

    private Questions.ChannelLoads channels(Questions.Channels wish) {
        TextPattern pattern = new TextPattern(wish.pattern());
        Comparator<Questions.ChannelLoad> order = Comparator.comparing(ChannelRow::of, ChannelRow.order(wish.order()));
        Top<Questions.ChannelLoad> top = new Top<>(order, wish.limit());
        long[] matched = {0};
        meter.watch();
        if (pattern.plain()) {
            int subscribers = hub.subscribers(wish.pattern());
            if (subscribers > 0) {
                matched[0]++;
                top.offer(load(wish.pattern(), subscribers));
            }
        } else {
            hub.forEachChannel((channel, subscribers) -> {
                if (pattern.test(channel)) {
                    matched[0]++;
                    top.offer(load(channel, subscribers));
                }
            });
        }
        List<Questions.ChannelLoad> told = top.sorted();
        return new Questions.ChannelLoads(told, matched[0] - told.size());
    }

    private Questions.ChannelLoad load(String channel, int subscribers) {
        ChannelMeter.Rate rate = meter.rate(channel);
        return new Questions.ChannelLoad(channel, subscribers, rate.perSecond(), rate.windowMs());
    }

    @Override
    public void close() {
        meter.close();
    }
}
