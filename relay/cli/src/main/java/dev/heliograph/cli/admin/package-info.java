/// Commands for operators, on top of the admin API of a running relay.
@NullMarked
package dev.heliograph.cli.admin;

import org.jspecify.annotations.NullMarked;
