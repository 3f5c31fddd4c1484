@NullMarked
package dev.heliograph.console.desktop.ui.table;

import org.jspecify.annotations.NullMarked;
