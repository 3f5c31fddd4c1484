/// Data that changes all the time: rows of a table, and figures over time.
@NullMarked
package dev.heliograph.console.live;

import org.jspecify.annotations.NullMarked;
