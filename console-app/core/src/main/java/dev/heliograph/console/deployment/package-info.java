/// The deployment that goes on in a cluster, or the last one, as whatever runs it tells.
@NullMarked
package dev.heliograph.console.deployment;

import org.jspecify.annotations.NullMarked;
