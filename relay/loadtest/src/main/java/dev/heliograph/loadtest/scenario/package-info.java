/// Scenarios of load: what the clients of a swarm do, second by second, and reports of it.
@NullMarked
package dev.heliograph.loadtest.scenario;

import org.jspecify.annotations.NullMarked;
