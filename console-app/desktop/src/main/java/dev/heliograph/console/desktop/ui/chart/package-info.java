/// Figures over time: charts with marks, and small ones for rows and tiles.
@NullMarked
package dev.heliograph.console.desktop.ui.chart;

import org.jspecify.annotations.NullMarked;
