/// `heliograph runbook`: runbooks in a terminal.
@NullMarked
package dev.heliograph.cli.runbook;

import org.jspecify.annotations.NullMarked;
