package dev.heliograph.loadtest.scenario;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// What clients do under load.
public enum Scenario {
    RAMP("clients come at a rate while the channels are published to"),
    FAN_OUT("one channel that all clients hear"),
    SMALL_CHANNELS("many channels with a few subscribers each"),
    CHAT_ROOMS("rooms of some members, who are in several rooms each"),
    PRESENCE("clients come and go, and the others are told"),
    CONNECT_STORM("all clients come at once"),
    RECONNECT_STORM("all connections break at once; all clients come back and recover while publications go on"),
    SLOW_CONSUMERS("a share of the clients reads nothing for a time"),
    SOAK("steady load for long while clients come and go");

    private final String text;

    Scenario(String text) {
        this.text = text;
    }

    /// What it is, in a sentence without a capital and a full stop.
    public String text() {
        return text;
    }

    /// As users write it, such as `fan-out`.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// @throws IllegalArgumentException naming those that there are
    public static Scenario of(String label) {
        return Arrays.stream(values())
                .filter(each -> each.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + label + "' is no scenario; there are "
                        + Arrays.stream(values()).map(Scenario::label).collect(Collectors.joining(", "))));
    }

    boolean recovers() {
        return this == RECONNECT_STORM;
    }

    boolean churns() {
        return this == PRESENCE || this == SOAK;
    }
}
