/// The nodes of a cluster: what each carries, how the colours of a deployment compare, and moving clients between them.
@NullMarked
package dev.heliograph.console.nodes;

import org.jspecify.annotations.NullMarked;
