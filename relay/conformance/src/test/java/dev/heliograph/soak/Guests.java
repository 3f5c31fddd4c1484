package dev.heliograph.soak;

import dev.heliograph.bench.Masked;
import dev.heliograph.loadtest.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Clients that do more when they come in: each subscribes to a channel that nobody had before, publishes to it, asks
/// who is there, and unsubscribes. Threadsafe.
///
/// @param others   how they speak otherwise
/// @param prefix   of these channels
/// @param channels that were there so far
record Guests(Dialect others, String prefix, AtomicLong channels) implements Dialect {

    /// Above those of subscriptions.
    private static final int FIRST_ID = 1_000;

    @Override
    public List<Step> entry(int number, List<String> heard) {
        List<Step> steps = new ArrayList<>(others.entry(number, heard));
        if (heard.isEmpty()) {
            // One that only publishes.
            return steps;
        }
        String channel = "\"channel\":\"" + prefix + channels.incrementAndGet() + "\"";
        steps.addAll(
                1,
                List.of(
                        step(1, "subscribe", channel),
                        step(2, "publish", channel + ",\"data\":{}"),
                        step(3, "presence", channel),
                        step(4, "unsubscribe", channel)));
        return steps;
    }

    private static Step step(int number, String method, String params) {
        String command = "{\"id\":%d,\"%s\":{%s}}".formatted(FIRST_ID + number, method, params);
        return new Step(Masked.text(command), "\"" + method + "\"");
    }

    @Override
    public boolean refuses(byte[] bytes, int from, int length) {
        return others.refuses(bytes, from, length);
    }

    @Override
    public int notices(byte[] bytes, int from, int length) {
        return others.notices(bytes, from, length);
    }

    @Override
    public byte @Nullable [] answer(byte[] bytes, int from, int length) {
        return others.answer(bytes, from, length);
    }

    @Override
    public byte[] publish(long id, String channel, byte[] payload) {
        return others.publish(id, channel, payload);
    }
}
