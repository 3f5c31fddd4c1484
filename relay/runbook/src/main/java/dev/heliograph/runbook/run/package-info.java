/// A runbook that is being worked through: its steps, its checks, and the transcript that is kept of it. Without a
/// toolkit and without a console: a command line or a drill runs one the same way.
@NullMarked
package dev.heliograph.runbook.run;

import org.jspecify.annotations.NullMarked;
