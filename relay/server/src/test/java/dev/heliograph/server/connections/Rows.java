package dev.heliograph.server.connections;

/// Rows for tests, made of a usual one.
final class Rows {

    private String client = "c-1";
    private String node = "n-1";
    private String user = "alice";
    private String address = "10.1.2.3";
    private String name = "js";
    private String version = "5.2.1";
    private long ageMs = 60_000;
    private int subscriptions = 1;
    private long laterMs;
    private long queueBytes;
    private double outRate;
    private int rttMs = -1;
    private boolean tls;

    static Rows row() {
        return new Rows();
    }

    Rows client(String value) {
        client = value;
        return this;
    }

    Rows node(String value) {
        node = value;
        return this;
    }

    Rows user(String value) {
        user = value;
        return this;
    }

    Rows address(String value) {
        address = value;
        return this;
    }

    Rows software(String newName, String newVersion) {
        name = newName;
        version = newVersion;
        return this;
    }

    Rows age(long millis) {
        ageMs = millis;
        return this;
    }

    /// The same, seen so much later.
    Rows later(long millis) {
        laterMs = millis;
        return this;
    }

    Rows queue(long bytes) {
        queueBytes = bytes;
        return this;
    }

    Rows outRate(double perSecond) {
        outRate = perSecond;
        return this;
    }

    Rows rtt(int millis) {
        rttMs = millis;
        return this;
    }

    Rows subscriptions(int count) {
        subscriptions = count;
        return this;
    }

    Rows tls() {
        tls = true;
        return this;
    }

    Row make() {
        return new Row(
                client,
                "id-of-" + node,
                node,
                "blue",
                user,
                address,
                name,
                version,
                "json",
                "websocket",
                tls,
                900_000 - ageMs,
                1_000_000 - ageMs,
                ageMs + laterMs,
                0,
                subscriptions,
                queueBytes,
                1,
                2,
                30,
                40,
                0.5,
                outRate,
                10,
                20,
                1_000,
                rttMs,
                5_000,
                false);
    }
}
