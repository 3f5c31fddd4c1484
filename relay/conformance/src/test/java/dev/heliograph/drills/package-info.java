/// Drills as users run them: the program, and what it leaves behind.
@NullMarked
package dev.heliograph.drills;

import org.jspecify.annotations.NullMarked;
