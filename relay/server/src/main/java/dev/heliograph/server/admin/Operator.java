package dev.heliograph.server.admin;

/// Who makes a request.
///
/// @param name of the token
/// @param from the address they come from
record Operator(String name, Role role, String from) {}
