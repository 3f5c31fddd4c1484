/// What the steps and checks of runbooks do: calls of the admin API.
@NullMarked
package dev.heliograph.console.runbook.action;

import org.jspecify.annotations.NullMarked;
