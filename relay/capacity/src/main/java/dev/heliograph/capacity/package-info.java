/// The capacity model: measured figures ([dev.heliograph.capacity.Calibration]) and a load
/// ([dev.heliograph.capacity.Demand]) make a [dev.heliograph.capacity.Plan].
@NullMarked
package dev.heliograph.capacity;

import org.jspecify.annotations.NullMarked;
