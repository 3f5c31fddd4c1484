/// Forms and the panels beside a table that hold them.
@NullMarked
package dev.heliograph.console.desktop.ui.form;

import org.jspecify.annotations.NullMarked;
