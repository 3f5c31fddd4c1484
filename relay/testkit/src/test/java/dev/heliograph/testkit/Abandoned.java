package dev.heliograph.testkit;

/// A program that starts a server, says which process that is, and ends as an aborted test does: without closing
/// it.
final class Abandoned {

    private Abandoned() {}

    public static void main(String[] arguments) {
        RedisServer server = RedisServer.start();
        server.pause();
        System.out.println(server.pid());
        System.exit(1);
    }
}
