/// The autoscaler: how many relays there are to be, and the playbooks that see to it.
module dev.heliograph.fleet {
    requires com.fasterxml.jackson.databind;
    requires java.net.http;
    requires jdk.httpserver;
    requires transitive dev.heliograph.runbook;
    requires transitive org.jspecify;
    requires org.snakeyaml.engine;

    exports dev.heliograph.fleet;
}
