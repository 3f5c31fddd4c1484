package dev.heliograph.grafana;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// All dashboards, and the program that writes their files.
public final class Dashboards {

    private Dashboards() {}

    /// In the order of the list in README.md.
    public static List<Dashboard> all() {
        return List.of(
                ClusterDashboard.create(),
                NodeDashboard.create(),
                ChannelsDashboard.create(),
                LimitsDashboard.create(),
                RedisDashboard.create(),
                DeploymentDashboard.create(),
                DrillsDashboard.create());
    }

    /// The text of a dashboard's file.
    public static String json(Dashboard dashboard) {
        return DashboardJson.write(dashboard);
    }

    /// Writes the files anew.
    ///
    /// @param arguments the folder
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        for (Dashboard dashboard : all()) {
            Files.writeString(folder.resolve(dashboard.name() + ".json"), json(dashboard));
        }
    }
}
