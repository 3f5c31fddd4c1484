package dev.heliograph.cli.init;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// Which host is for what. Services are spread so that no host has many while another has few.
///
/// @param placeholders whether the addresses are made up
record Layout(List<Host> hosts, boolean placeholders) {

    /// A majority of three is left when one is lost.
    static final int REDIS_HOSTS = 3;

    private static final int BALANCERS = 2;

    /// Groups of the inventory.
    enum Group {
        LOAD_BALANCERS,
        RELAYS,
        REDIS,
        SENTINELS,
        MONITORING;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// @param spare whether its relay waits for a scale-out
    record Host(String name, String address, Set<Group> groups, boolean spare) {}

    Layout {
        hosts = List.copyOf(hosts);
    }

    /// @param given   addresses; empty for placeholders, as many as are good
    /// @param relays  as many as there should be
    /// @param managed whether there is a Redis elsewhere
    static Layout of(List<String> given, int relays, boolean managed) {
        boolean placeholders = given.isEmpty();
        List<String> addresses = placeholders ? placeholders(relays, managed) : given;
        Draft draft = new Draft(addresses.size());
        draft.put(Group.RELAYS, relays);
        if (!managed) {
            draft.put(Group.REDIS, REDIS_HOSTS);
        }
        draft.put(Group.LOAD_BALANCERS, BALANCERS);
        draft.watch();
        return new Layout(draft.hosts(addresses), placeholders);
    }

    /// Two relays share three hosts with all else; more of them have hosts of their own. The range is that of
    /// documentation (RFC 5737): nobody has these addresses.
    private static List<String> placeholders(int relays, boolean managed) {
        int redis = managed ? 0 : REDIS_HOSTS;
        int count = relays > 2 ? relays + redis + BALANCERS + 1 : Math.max(2, redis);
        return IntStream.rangeClosed(1, count)
                .mapToObj(each -> "192.0.2." + each)
                .toList();
    }

    /// The hosts of a group, those whose relay waits left out.
    List<Host> in(Group group) {
        return hosts.stream()
                .filter(host -> host.groups().contains(group) && !host.spare())
                .toList();
    }

    List<Host> spares() {
        return hosts.stream().filter(Host::spare).toList();
    }

    /// What each host is for, while that is being decided.
    private static final class Draft {

        private final List<EnumSet<Group>> roles = new ArrayList<>();

        private Draft(int hosts) {
            for (int each = 0; each < hosts; each++) {
                roles.add(EnumSet.noneOf(Group.class));
            }
        }

        /// On those hosts that have the least so far.
        private void put(Group group, int count) {
            roles.stream()
                    .sorted(Comparator.comparingInt(Set::size))
                    .limit(count)
                    .toList()
                    .forEach(role -> role.add(group));
        }

        /// Monitoring last, on the last host that has the least, and sentinels beside each Redis: one of them alone
        /// could
        /// not agree with anybody.
        private void watch() {
            roles.reversed().stream()
                    .min(Comparator.comparingInt(Set::size))
                    .ifPresent(role -> role.add(Group.MONITORING));
            List<EnumSet<Group>> redis =
                    roles.stream().filter(role -> role.contains(Group.REDIS)).toList();
            if (redis.size() > 1) {
                redis.forEach(role -> role.add(Group.SENTINELS));
            }
        }

        private List<Host> hosts(List<String> addresses) {
            Map<String, Integer> numbers = new HashMap<>();
            List<Host> hosts = new ArrayList<>();
            for (int each = 0; each < roles.size(); each++) {
                EnumSet<Group> role = roles.get(each);
                boolean spare = role.isEmpty();
                if (spare) {
                    role.add(Group.RELAYS);
                }
                String word = word(role);
                hosts.add(new Host(
                        word + numbers.merge(word, 1, Integer::sum), addresses.get(each), Set.copyOf(role), spare));
            }
            return hosts;
        }

        /// The name of a host says what it is for if that is one thing.
        private static String word(Set<Group> role) {
            if (role.equals(EnumSet.of(Group.RELAYS))) {
                return "relay";
            }
            if (role.equals(EnumSet.of(Group.LOAD_BALANCERS))) {
                return "lb";
            }
            if (role.equals(EnumSet.of(Group.MONITORING))) {
                return "mon";
            }
            return role.equals(EnumSet.of(Group.REDIS, Group.SENTINELS)) ? "redis" : "host";
        }
    }
}
