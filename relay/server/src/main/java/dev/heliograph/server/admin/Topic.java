package dev.heliograph.server.admin;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// What can be watched over the stream, who may, and which parameters say more about it.
enum Topic {
    /// The nodes, each second.
    NODES(Role.VIEWER),
    /// New lines of the audit record.
    AUDIT(Role.OPERATOR),
    /// How far each node is with its drain, each second while one goes on.
    DRAINS(Role.VIEWER),
    /// What each limit admitted and refused in the last second.
    LIMITS(Role.VIEWER),
    /// The first connections of a query, again and again.
    CONNECTIONS(Role.VIEWER, StreamParams.QUERY, StreamParams.LIMIT, StreamParams.EVERY),
    /// Some of what is published in a channel.
    TAIL(Role.OPERATOR, StreamParams.CHANNEL, StreamParams.PER_SECOND, StreamParams.MASKING, StreamParams.DURATION),
    /// What happens to one user, channel, address or connection.
    FOLLOW(Role.OPERATOR, StreamParams.FOLLOW, StreamParams.SAMPLING, StreamParams.DURATION);

    private final Role role;
    private final List<Param> params;

    Topic(Role role, Param... params) {
        this.role = role;
        this.params = List.of(params);
    }

    /// The role that is needed.
    Role role() {
        return role;
    }

    /// Those that mean nothing without it.
    List<Param> params() {
        return params;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Reads names with commas between them.
    ///
    /// @throws AdminException 400 if there is another one
    static Set<Topic> parse(String text) {
        Set<Topic> topics = EnumSet.noneOf(Topic.class);
        for (String name : text.split(",")) {
            String word = name.strip();
            topics.add(Arrays.stream(values())
                    .filter(each -> each.text().equals(word))
                    .findAny()
                    .orElseThrow(() -> AdminException.invalid("there is no topic '" + word + "'; there are "
                            + Arrays.stream(values()).map(Topic::text).collect(Collectors.joining(", ")))));
        }
        return topics;
    }
}
