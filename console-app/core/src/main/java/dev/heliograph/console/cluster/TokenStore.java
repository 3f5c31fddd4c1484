package dev.heliograph.console.cluster;

import java.util.Optional;

/// Keeps the tokens of operators, by the name of the cluster. May block, also for the operator to unlock
/// something.
public interface TokenStore {

    Optional<String> find(String cluster);

    /// @throws TokenStoreException if it cannot be kept
    void put(String cluster, String token);

    /// Removes it, if it is there.
    ///
    /// @throws TokenStoreException if it cannot be removed
    void remove(String cluster);
}
