package dev.heliograph.runbook.cluster;

import java.util.List;

/// An Alertmanager. Threadsafe.
@FunctionalInterface
public interface FiringAlerts {

    /// The names of the alerts that fire and are not silenced or inhibited, one for each alert. Blocks; what it
    /// throws
    /// has a sentence for people as its message.
    List<String> names();
}
