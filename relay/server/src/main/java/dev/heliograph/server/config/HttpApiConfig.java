package dev.heliograph.server.config;

/// Section `http_api`.
///
/// @param key       empty if none is set: then every request is refused, unless `insecure`
/// @param errorMode empty, or `transport` for HTTP statuses
public record HttpApiConfig(String key, boolean insecure, boolean disabled, String handlerPrefix, String errorMode) {

    /// The key never shows up in a log.
    @Override
    public String toString() {
        return "HttpApiConfig[insecure=%s, disabled=%s, handlerPrefix=%s, errorMode=%s]"
                .formatted(insecure, disabled, handlerPrefix, errorMode);
    }
}
