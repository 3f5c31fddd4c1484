package dev.heliograph.cli;

import dev.heliograph.server.Relay;
import dev.heliograph.server.config.RelayConfig;

/// A relay in this process: channels `chat:*` and `raw:*` (binary) keep a history, `live:*` do not, guests may
/// subscribe to all of them, and to `users:*` users only.
final class RelayFixture implements AutoCloseable {

    static final String KEY = "api key";
    static final String SECRET = "token secret";

    static final String YAML = """
            http_server:
              address: 127.0.0.1
              port: 0
            log:
              level: error
            shutdown:
              timeout: 5s
            http_api:
              key: %s
            client:
              allow_anonymous_connect_without_token: true
              token:
                hmac_secret_key: %s
            channel:
              namespaces:
                - name: chat
                  history_size: 100
                  history_ttl: 10m
                  force_recovery: true
                  allow_subscribe_for_client: true
                  allow_subscribe_for_anonymous: true
                - name: live
                  allow_subscribe_for_client: true
                  allow_subscribe_for_anonymous: true
                - name: users
                  allow_subscribe_for_client: true
                - name: raw
                  publication_data_format: binary
                  history_size: 100
                  history_ttl: 10m
                  force_recovery: true
                  allow_subscribe_for_anonymous: true
                  allow_subscribe_for_client: true
            """.formatted(KEY, SECRET);

    private final Relay relay = Relay.start(RelayConfig.parse(YAML));

    String api() {
        return "http://127.0.0.1:" + relay.port();
    }

    String websocket() {
        return "ws://127.0.0.1:" + relay.port();
    }

    /// Publishes with the command under test.
    Cli.Run publish(String... args) {
        String[] all = new String[args.length + 5];
        System.arraycopy(new String[] {"publish", "--url", api(), "--key", KEY}, 0, all, 0, 5);
        System.arraycopy(args, 0, all, 5, args.length);
        return Cli.run(all);
    }

    @Override
    public void close() {
        relay.close();
    }
}
