/// Load with an exact account. It knows the protocol, not the server.
module dev.heliograph.loadtest {
    requires transitive com.fasterxml.jackson.databind;
    requires dev.heliograph.protocol;
    requires java.net.http;
    requires static org.jspecify;
    requires transitive HdrHistogram;

    exports dev.heliograph.loadtest;
}
