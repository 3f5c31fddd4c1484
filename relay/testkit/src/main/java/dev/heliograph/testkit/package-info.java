/// Real Redis servers for tests, each a process of its own on 127.0.0.1 and a free port, and a proxy that stands
/// in front of one and fails on demand.
@NullMarked
package dev.heliograph.testkit;

import org.jspecify.annotations.NullMarked;
