/// A client for a Heliograph relay; knows the protocol, not the server.
module dev.heliograph.client {
    requires transitive dev.heliograph.protocol;
    requires transitive java.net.http;
    requires static org.jspecify;

    exports dev.heliograph.client;
}
