package dev.heliograph.server.auth;

/// What a token of the operators' API says, once it is verified.
///
/// @param name of the operator
/// @param role as the issuer calls it
/// @param id   `jti`; empty if absent
public record OperatorToken(String name, String role, String id) {}
