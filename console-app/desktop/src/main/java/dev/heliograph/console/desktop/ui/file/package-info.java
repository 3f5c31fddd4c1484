/// Files that the operator chooses: to read from, and to write to.
@NullMarked
package dev.heliograph.console.desktop.ui.file;

import org.jspecify.annotations.NullMarked;
