/// The page of nodes and deployment.
@NullMarked
package dev.heliograph.console.desktop.nodes;

import org.jspecify.annotations.NullMarked;
