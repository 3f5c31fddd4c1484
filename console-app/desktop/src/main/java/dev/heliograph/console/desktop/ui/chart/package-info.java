/// Figures over time: charts with marks.
@NullMarked
package dev.heliograph.console.desktop.ui.chart;

import org.jspecify.annotations.NullMarked;
