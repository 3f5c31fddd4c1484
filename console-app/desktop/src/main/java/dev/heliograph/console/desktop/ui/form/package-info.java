/// What operators type into and choose from.
@NullMarked
package dev.heliograph.console.desktop.ui.form;

import org.jspecify.annotations.NullMarked;
