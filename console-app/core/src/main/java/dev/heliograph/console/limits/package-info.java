/// How often something may be done: the limits of a cluster, what they do now, and changes that are tried out.
@NullMarked
package dev.heliograph.console.limits;

import org.jspecify.annotations.NullMarked;
