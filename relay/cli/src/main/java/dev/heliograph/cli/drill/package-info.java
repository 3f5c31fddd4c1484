/// `heliograph drill`: drills in a terminal.
@NullMarked
package dev.heliograph.cli.drill;

import org.jspecify.annotations.NullMarked;
