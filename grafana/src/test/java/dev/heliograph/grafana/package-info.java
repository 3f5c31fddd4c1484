/// Tests of what is no Java: rules, routes of alerts, dashboards; with the programs that will read them.
@NullMarked
package dev.heliograph.grafana;

import org.jspecify.annotations.NullMarked;
