/// What the pages are built of: controls, sheets, and the way from the threads of the core to the one of the toolkit.
@NullMarked
package dev.heliograph.console.desktop.ui;

import org.jspecify.annotations.NullMarked;
