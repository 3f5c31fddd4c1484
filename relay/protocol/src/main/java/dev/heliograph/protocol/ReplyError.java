package dev.heliograph.protocol;

/// The error of a reply as it goes over the wire. The relay's own are [ErrorCode]s; applications add codes from 400.
///
/// @param temporary whether a client does well to try the same request again
public record ReplyError(int code, String message, boolean temporary) {}
