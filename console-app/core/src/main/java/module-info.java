/// The console without a toolkit: what it knows of a cluster, what it can do to one, and what its pages show.
module dev.heliograph.console.core {
    requires transitive com.fasterxml.jackson.databind;
    requires java.net.http;
    requires transitive dev.heliograph.capacity;
    requires transitive dev.heliograph.runbook;
    requires transitive org.commonmark;
    requires transitive org.commonmark.ext.gfm.tables;
    requires transitive org.jspecify;

    exports dev.heliograph.console.action;
    exports dev.heliograph.console.alerts;
    exports dev.heliograph.console.api;
    exports dev.heliograph.console.audit;
    exports dev.heliograph.console.bans;
    exports dev.heliograph.console.capacity;
    exports dev.heliograph.console.channels;
    exports dev.heliograph.console.cluster;
    exports dev.heliograph.console.connect;
    exports dev.heliograph.console.connections;
    exports dev.heliograph.console.deployment;
    exports dev.heliograph.console.files;
    exports dev.heliograph.console.limits;
    exports dev.heliograph.console.live;
    exports dev.heliograph.console.nodes;
    exports dev.heliograph.console.overview;
    exports dev.heliograph.console.runbooks;
    exports dev.heliograph.console.text;
    exports dev.heliograph.console.value;
    exports dev.heliograph.console.wire;
    exports dev.heliograph.console.workspace;

    // Jackson makes the records.
    opens dev.heliograph.console.wire to
            com.fasterxml.jackson.databind;
}
