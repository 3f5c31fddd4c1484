package dev.heliograph.server.config;

/// Section `http_api`.
///
/// @param key       empty if none is set: then every request is refused, unless `insecure`
/// @param errorMode empty, or `transport` for HTTP statuses
public record HttpApiConfig(String key, boolean insecure, boolean disabled, String handlerPrefix, String errorMode) {

    static HttpApiConfig from(Values v) {
        return new HttpApiConfig(
                v.string("http_api.key"),
                v.bool("http_api.insecure"),
                v.bool("http_api.disabled"),
                v.string("http_api.handler_prefix"),
                v.string("http_api.error_mode"));
    }

    /// The key never shows up in a log.
    @Override
    public String toString() {
        return "HttpApiConfig[key=%s, insecure=%s, disabled=%s, handlerPrefix=%s, errorMode=%s]"
                .formatted(key.isEmpty() ? "" : "***", insecure, disabled, handlerPrefix, errorMode);
    }
}
