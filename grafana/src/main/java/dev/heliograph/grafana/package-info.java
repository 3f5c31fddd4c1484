/// Dashboards as code: what they show is written in Java, and what Grafana reads is written from it.
@NullMarked
package dev.heliograph.grafana;

import org.jspecify.annotations.NullMarked;
