/// The connections of the cluster: asked for, grouped, looked into, and ended.
@NullMarked
package dev.heliograph.console.connections;

import org.jspecify.annotations.NullMarked;
