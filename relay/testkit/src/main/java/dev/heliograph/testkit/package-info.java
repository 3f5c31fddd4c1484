/// What tests run against, each in a process of its own on 127.0.0.1 and a free port: relays, alone or as a
/// cluster, clients of them, Redis servers, and a proxy that stands in front of one and fails on demand.
@NullMarked
package dev.heliograph.testkit;

import org.jspecify.annotations.NullMarked;
