package dev.heliograph.runbook.run;

import java.time.Clock;
import java.util.concurrent.Executor;

/// What runs work with.
///
/// @param background looks at the checks of a step that was done while the operator goes on
public record RunContext(Tools tools, TranscriptStore store, Executor background, Clock clock) {}
