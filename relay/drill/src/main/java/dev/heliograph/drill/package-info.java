/// Drills: a fault is made on purpose in a local cluster of real processes, its alert is awaited, its runbook
/// is worked
/// through unattended, and what clients noticed is measured. See [dev.heliograph.drill.DrillRun].
@NullMarked
package dev.heliograph.drill;

import org.jspecify.annotations.NullMarked;
