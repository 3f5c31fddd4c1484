package dev.heliograph.console.desktop.connections;

import dev.heliograph.console.wire.ConnectionRow;
import java.util.ArrayList;
import java.util.List;

/// Whom one could mean by the rows that are selected: an address, its network, a user; of several rows what they have
/// in
/// common.
final class BanTargets {

    private BanTargets() {}

    static List<BanPane.Target> of(List<ConnectionRow> rows) {
        List<BanPane.Target> targets = new ArrayList<>();
        List<String> addresses = rows.stream().map(ConnectionRow::ip).distinct().toList();
        if (addresses.size() == 1) {
            targets.add(new BanPane.Target("ip", addresses.getFirst()));
        }
        List<String> networks =
                rows.stream().map(row -> network(row.ip())).distinct().toList();
        if (networks.size() == 1 && !networks.getFirst().isEmpty()) {
            targets.add(new BanPane.Target("ip/24", networks.getFirst()));
        }
        List<String> users = rows.stream().map(ConnectionRow::user).distinct().toList();
        if (users.size() == 1 && !users.getFirst().isEmpty()) {
            targets.add(new BanPane.Target("user", users.getFirst()));
        }
        return targets;
    }

    /// The /24 of an IPv4 address; of others the first half, which a site has. Empty for what is no address.
    static String network(String ip) {
        if (ip.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
            return ip.substring(0, ip.lastIndexOf('.')) + ".0/24";
        }
        return ip.indexOf(':') < 0 ? "" : ip + "/64";
    }
}
