package dev.heliograph.console.alerts;

import java.util.List;

/// An Alertmanager. Each method blocks until the answer is there, and throws
/// [dev.heliograph.console.api.AdminException]. Threadsafe.
public interface Alertmanager {

    /// Its version.
    String version();

    /// What fires, also what is silenced or inhibited.
    List<Alert> alerts();

    /// The silences that hold or will.
    List<Silence> silences();

    /// Makes one that begins at once.
    ///
    /// @return its id
    String silence(SilenceWish wish);

    /// Ends one.
    void expire(String silence);
}
