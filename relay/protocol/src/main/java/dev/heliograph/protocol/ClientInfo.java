package dev.heliograph.protocol;

/// Who is on a connection, as other clients see it.
///
/// @param user     empty for an anonymous one
/// @param client   the id of the connection
/// @param connInfo from the connection token
/// @param chanInfo from the subscription token
public record ClientInfo(String user, String client, Bytes connInfo, Bytes chanInfo) {}
