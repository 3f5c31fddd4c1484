/// How the cluster does: figures of its nodes, now and over time, and what happened meanwhile.
@NullMarked
package dev.heliograph.console.overview;

import org.jspecify.annotations.NullMarked;
