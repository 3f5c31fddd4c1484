package dev.heliograph.server.connections;

/// The place of a connection in an order: the value it is sorted by, and its id, so that no two have the same
/// place.
///
/// @param number if it is sorted by a number
/// @param text   else
record Key(double number, String text, String client) {}
