package dev.heliograph.cli;

import dev.heliograph.server.config.HttpServerConfig;
import dev.heliograph.server.config.RelayConfig;
import java.net.URI;
import java.util.Set;

/// Where the relay of a configuration is reached from its own host, and what a shortened URL stands for.
final class Endpoints {

    static final URI LOCAL_API = URI.create("http://127.0.0.1:8000/api");

    static final URI LOCAL_WEBSOCKET = URI.create("ws://127.0.0.1:8000/connection/websocket");

    /// These mean every address of the host, among them its own.
    private static final Set<String> ANY = Set.of("", "0.0.0.0", "::");

    private Endpoints() {}

    static URI api(RelayConfig config) {
        return at(config, "http", config.httpApi().handlerPrefix());
    }

    static URI websocket(RelayConfig config) {
        return at(config, "ws", config.websocket().handlerPrefix());
    }

    private static URI at(RelayConfig config, String scheme, String path) {
        HttpServerConfig server = config.httpServer();
        String host = ANY.contains(server.address()) ? "127.0.0.1" : server.address();
        String authority = (host.contains(":") ? "[" + host + "]" : host) + ":" + server.port();
        return URI.create(scheme + (server.tls() ? "s" : "") + "://" + authority + path);
    }

    /// Completes `http://host:port` with the default path.
    ///
    /// @throws IllegalArgumentException with a reason, if it is no URL of an API
    static URI api(URI url) {
        return complete(url, Set.of("http", "https"), LOCAL_API);
    }

    /// Completes `ws://host:port` with the default path.
    ///
    /// @throws IllegalArgumentException with a reason, if it is no URL of a WebSocket
    static URI websocket(URI url) {
        return complete(url, Set.of("ws", "wss"), LOCAL_WEBSOCKET);
    }

    private static URI complete(URI url, Set<String> schemes, URI example) {
        if (url.getHost() == null || !schemes.contains(String.valueOf(url.getScheme()))) {
            throw new IllegalArgumentException("'" + url + "' is not a URL such as " + example);
        }
        String path = url.getPath();
        return path.isEmpty() || path.equals("/") ? url.resolve(example.getPath()) : url;
    }
}
