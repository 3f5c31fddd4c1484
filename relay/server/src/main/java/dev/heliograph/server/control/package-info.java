/// What operators decide - rules, bans, their own tokens - and the record of it: kept where a restart does not
/// lose it, and in force on every node.
@org.jspecify.annotations.NullMarked
package dev.heliograph.server.control;
