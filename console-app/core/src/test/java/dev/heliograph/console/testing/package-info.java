/// A workspace without a cluster, for tests of models.
@NullMarked
package dev.heliograph.console.testing;

import org.jspecify.annotations.NullMarked;
