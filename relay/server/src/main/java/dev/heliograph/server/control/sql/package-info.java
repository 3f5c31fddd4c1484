/// What operators decide, in an embedded SQL database on disk: for one node.
@NullMarked
package dev.heliograph.server.control.sql;

import org.jspecify.annotations.NullMarked;
