/// `heliograph fleet`: the autoscaler.
@NullMarked
package dev.heliograph.cli.fleet;

import org.jspecify.annotations.NullMarked;
