/// The page of alerts.
@NullMarked
package dev.heliograph.console.desktop.alerts;

import org.jspecify.annotations.NullMarked;
