package dev.heliograph.console.connections;

import dev.heliograph.console.text.Messages;
import java.util.Locale;

/// What connections are grouped by.
public enum GroupBy {
    NETWORK("ip/24"),
    WIDE_NETWORK("ip/16"),
    ADDRESS("ip/32/128"),
    USER("user"),
    CHANNEL("channel"),
    CLIENT("client"),
    VERSION("version"),
    NODE("node"),
    COLOUR("colour"),
    ENCODING("encoding"),
    TRANSPORT("transport");

    private final String word;

    GroupBy(String word) {
        this.word = word;
    }

    /// As the API reads it.
    public String word() {
        return word;
    }

    public String title() {
        return Messages.text("connections.by." + name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /// Whether a group is a part of the addresses.
    public boolean isAddress() {
        return this == NETWORK || this == WIDE_NETWORK || this == ADDRESS;
    }

    /// What holds for the connections of a group, as a part of a query.
    ///
    /// @param key of the group
    public String condition(String key) {
        return switch (this) {
            case NETWORK, WIDE_NETWORK, ADDRESS -> QueryText.equal(QueryField.IP, key);
            case USER -> QueryText.equal(QueryField.USER, key);
            case CHANNEL -> QueryText.equal(QueryField.CHANNEL, key);
            case CLIENT -> QueryText.equal(QueryField.CLIENT, key);
            case VERSION -> version(key);
            case NODE -> QueryText.equal(QueryField.NODE, key);
            case COLOUR -> QueryText.equal(QueryField.COLOUR, key);
            case ENCODING -> QueryText.equal(QueryField.ENCODING, key);
            case TRANSPORT -> QueryText.equal(QueryField.TRANSPORT, key);
        };
    }

    /// The key is the client's name and its version with a space between.
    private static String version(String key) {
        int space = key.lastIndexOf(' ');
        return space < 0
                ? QueryText.equal(QueryField.CLIENT, key)
                : QueryText.equal(QueryField.CLIENT, key.substring(0, space)) + " and "
                        + QueryText.equal(QueryField.VERSION, key.substring(space + 1));
    }
}
