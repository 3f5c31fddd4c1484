/// The autoscaler. [FleetController] looks at the load through [PrometheusView], has [FleetPolicy] decide, and
/// runs a playbook.
@NullMarked
package dev.heliograph.fleet;

import org.jspecify.annotations.NullMarked;
