package dev.heliograph.soak;

/// What a relay has without clients.
///
/// @param descriptorsBefore the load
/// @param descriptorsAfter  all clients are gone
/// @param clientsAfter      that the relay thinks are there when all are gone
record Rest(int descriptorsBefore, int descriptorsAfter, int clientsAfter) {}
