/// The live table: many rows that change all the time, and an operator who works on some of them.
@NullMarked
package dev.heliograph.console.desktop.ui.table;

import org.jspecify.annotations.NullMarked;
