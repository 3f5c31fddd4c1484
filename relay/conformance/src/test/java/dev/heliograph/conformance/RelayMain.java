package dev.heliograph.conformance;

import dev.heliograph.server.Relay;
import dev.heliograph.server.config.RelayConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// `relay --config FILE`: what the command line does, and no more.
final class RelayMain {

    private RelayMain() {}

    public static void main(String[] args) throws InterruptedException {
        Relay relay = Relay.start(RelayConfig.load(Optional.of(Path.of(args[2])), Map.of()));
        Runtime.getRuntime().addShutdownHook(new Thread(relay::close));
        System.out.println("listening on 127.0.0.1:" + relay.port());
        Thread.currentThread().join();
    }
}
