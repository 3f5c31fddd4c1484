package dev.heliograph.server.config;

/// Section `http_api`.
///
/// @param key         empty if none is set: then every request is refused, unless `insecure`
/// @param previousKey accepted as well, if set
/// @param errorMode   empty, or `transport` for HTTP statuses
public record HttpApiConfig(
        String key, String previousKey, boolean insecure, boolean disabled, String handlerPrefix, String errorMode) {

    static HttpApiConfig from(Values v) {
        return new HttpApiConfig(
                v.string("http_api.key"),
                v.previous("http_api.previous_key", "http_api.key"),
                v.bool("http_api.insecure"),
                v.bool("http_api.disabled"),
                v.string("http_api.handler_prefix"),
                v.string("http_api.error_mode"));
    }

    /// No key ever shows up in a log.
    @Override
    public String toString() {
        return "HttpApiConfig[key=%s, previousKey=%s, insecure=%s, disabled=%s, handlerPrefix=%s, errorMode=%s]"
                .formatted(
                        key.isEmpty() ? "" : "***",
                        previousKey.isEmpty() ? "" : "***",
                        insecure,
                        disabled,
                        handlerPrefix,
                        errorMode);
    }
}
