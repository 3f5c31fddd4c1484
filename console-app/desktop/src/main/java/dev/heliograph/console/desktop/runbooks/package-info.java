/// The page of runbooks: the text, its steps as cards that can be done, and the live data beside it.
@NullMarked
package dev.heliograph.console.desktop.runbooks;

import org.jspecify.annotations.NullMarked;
