/// Runbooks: what they are, and how they are worked through. It knows neither relay nor console.
module dev.heliograph.runbook {
    requires transitive com.fasterxml.jackson.databind;
    requires java.net.http;
    requires transitive org.commonmark;
    requires org.commonmark.ext.gfm.tables;
    requires transitive org.jspecify;
    requires org.snakeyaml.engine;

    exports dev.heliograph.runbook;
    exports dev.heliograph.runbook.cluster;
    exports dev.heliograph.runbook.run;
}
