package dev.heliograph.cli.init;

/// A Redis that somebody else runs.
///
/// @param address `host:port`
/// @param user    empty for the default user
record ManagedRedis(String address, boolean tls, String user) {}
