/// `heliograph plan`: what a load needs, and `heliograph plan calibrate`, which measures what that is reckoned
/// from.
@NullMarked
package dev.heliograph.cli.plan;

import org.jspecify.annotations.NullMarked;
