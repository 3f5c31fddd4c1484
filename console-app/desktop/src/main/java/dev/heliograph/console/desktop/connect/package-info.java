/// The page where clusters are chosen, added, and connected to.
@NullMarked
package dev.heliograph.console.desktop.connect;

import org.jspecify.annotations.NullMarked;
