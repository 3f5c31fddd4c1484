/// What the page where clusters are chosen, added and connected to knows and does.
@NullMarked
package dev.heliograph.console.connect;

import org.jspecify.annotations.NullMarked;
