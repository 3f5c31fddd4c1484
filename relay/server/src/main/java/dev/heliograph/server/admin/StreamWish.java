package dev.heliograph.server.admin;

import dev.heliograph.server.connections.Masking;
import dev.heliograph.server.connections.Query;
import dev.heliograph.server.connections.TailRequest;
import dev.heliograph.server.observe.FollowSpec;
import io.helidon.common.uri.UriQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What somebody wants to watch.
///
/// @param query  of the topic connections
/// @param limit  its rows
/// @param every  from one of its looks to the next
/// @param tail   of the topic tail
/// @param follow of the topic follow
/// @param reason for the audit record
record StreamWish(
        Set<Topic> topics,
        String query,
        int limit,
        Duration every,
        Optional<TailRequest> tail,
        Optional<FollowSpec> follow,
        String reason) {

    private static final Duration DEFAULT_DURATION = Duration.ofMinutes(1);

    static final Param TOPICS = Param.needed(
            "topics",
            "What is to be seen, with commas between: "
                    + Arrays.stream(Topic.values())
                            .map(topic ->
                                    "`" + topic.text() + "` (" + topic.role().text() + ")")
                            .collect(Collectors.joining(", "))
                    + ". In parentheses the role that is needed.");

    /// All of them.
    static final List<Param> PARAMS = List.of(
            TOPICS,
            StreamParams.QUERY,
            StreamParams.LIMIT,
            StreamParams.EVERY,
            StreamParams.CHANNEL,
            StreamParams.PER_SECOND,
            StreamParams.MASKING,
            StreamParams.FOLLOW,
            StreamParams.SAMPLING,
            StreamParams.DURATION,
            Param.text(Route.REASON.name(), "With `tail` or `follow`: why, for the audit record."));

    /// @throws AdminException 400 if it is none
    static StreamWish parse(UriQuery given) {
        Arguments arguments = new Arguments(given, PARAMS);
        arguments.check();
        Set<Topic> topics = Topic.parse(arguments.text(TOPICS.name()).orElse(""));
        for (Topic topic : EnumSet.complementOf(EnumSet.copyOf(topics))) {
            for (Param param : topic.params()) {
                boolean used = topics.stream().anyMatch(each -> each.params().contains(param));
                if (!used && arguments.text(param.name()).isPresent()) {
                    throw AdminException.invalid(
                            "the parameter " + param.name() + " means nothing without the topic " + topic.text());
                }
            }
        }
        try {
            String query = arguments.text(StreamParams.QUERY.name()).orElse("");
            Query.parse(query);
            Duration duration = Duration.ofMillis(arguments.integer(
                    StreamParams.DURATION.name(), DEFAULT_DURATION.toMillis(), 1, FollowSpec.MAX_DURATION.toMillis()));
            return new StreamWish(
                    topics,
                    query,
                    (int) arguments.integer(
                            StreamParams.LIMIT.name(), StreamParams.DEFAULT_ROWS, 1, StreamParams.MAX_ROWS),
                    Duration.ofMillis(arguments.integer(StreamParams.EVERY.name(), 2_000, 1_000, 60_000)),
                    topics.contains(Topic.TAIL) ? Optional.of(tail(arguments, duration)) : Optional.empty(),
                    topics.contains(Topic.FOLLOW) ? Optional.of(follow(arguments, duration)) : Optional.empty(),
                    arguments.reason());
        } catch (IllegalArgumentException e) {
            throw AdminException.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static TailRequest tail(Arguments arguments, Duration duration) {
        return new TailRequest(
                needed(arguments, StreamParams.CHANNEL),
                (int) arguments.integer(
                        StreamParams.PER_SECOND.name(), StreamParams.DEFAULT_PER_SECOND, 1, TailRequest.MAX_PER_SECOND),
                duration,
                word(arguments.text(StreamParams.MASKING.name()).orElse("values"), Masking.values(), "masking"));
    }

    private static FollowSpec follow(Arguments arguments, Duration duration) {
        String whom = needed(arguments, StreamParams.FOLLOW);
        int colon = whom.indexOf(':');
        if (colon < 0) {
            throw AdminException.invalid(
                    "the parameter follow is user:, channel:, ip: or client: and whom: user:42 for example");
        }
        return new FollowSpec(
                word(whom.substring(0, colon), FollowSpec.Target.values(), "follow"),
                whom.substring(colon + 1),
                duration,
                (int) arguments.integer(StreamParams.SAMPLING.name(), 1, 1, FollowSpec.MAX_SAMPLING),
                false);
    }

    private static String needed(Arguments arguments, Param param) {
        return arguments
                .text(param.name())
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> AdminException.invalid("the parameter " + param.name() + " is needed"));
    }

    private static <E extends Enum<E>> E word(String text, E[] all, String param) {
        return Arrays.stream(all)
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(text))
                .findAny()
                .orElseThrow(() -> AdminException.invalid(
                        "the parameter " + param + ": '" + text + "' is none of " + ConnectionsApi.words(all)));
    }

    /// @throws AdminException 403 if that role may not see it
    void require(Role role) {
        for (Topic topic : topics) {
            if (!role.allows(topic.role())) {
                throw AdminException.forbidden("the topic " + topic.text() + " needs the role "
                        + topic.role().text());
            }
        }
        if (tail.filter(request -> request.masking() == Masking.CLEAR).isPresent() && !role.allows(Role.ADMIN)) {
            throw AdminException.forbidden("to see payloads in the clear needs the role admin");
        }
    }

    /// A look at what is personal.
    ///
    /// @param action for the audit record
    /// @param target likewise
    /// @param how    likewise
    record Personal(String action, String target, Object how) {}

    record TailHow(int perSecond, Masking masking, long durationMs) {}

    record FollowHow(int sampling, long durationMs) {}

    /// What of it goes on record.
    List<Personal> personal() {
        List<Personal> personal = new ArrayList<>();
        tail.ifPresent(request -> personal.add(new Personal(
                "stream.tail",
                request.channel(),
                new TailHow(
                        request.perSecond(),
                        request.masking(),
                        request.duration().toMillis()))));
        follow.ifPresent(spec -> personal.add(new Personal(
                "stream.follow",
                spec.target().name().toLowerCase(Locale.ROOT) + ":" + spec.value(),
                new FollowHow(spec.sampling(), spec.duration().toMillis()))));
        return personal;
    }
}
