package dev.heliograph.runbook.cluster;

import dev.heliograph.runbook.run.Reading;

/// A Prometheus. Methods block; what they throw has a sentence for people as its message. Threadsafe.
public interface Metrics {

    /// What a query tells now, a series a row.
    Reading query(String promql);

    /// The value of a query, the largest one of several series.
    ///
    /// @throws dev.heliograph.runbook.RunbookException if there is none
    double value(String promql);
}
