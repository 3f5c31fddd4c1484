package dev.heliograph.server.broker;

/// How many connections, and how many users they belong to, are in a channel.
public record PresenceCount(int clients, int users) {}
