package dev.heliograph.server.connections;

import dev.heliograph.server.ip.IpAddress;
import dev.heliograph.server.ip.IpPrefix;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Which connections are meant. Immutable; [#toString] writes it so that it reads as an equal one.
///
/// A value that is not known, like the round-trip time before the first pong, is neither equal, unequal, above
/// nor below anything.
public sealed interface Filter {

    /// What a filter may ask besides the row: whether there is a subscription to a channel of such a name.
    @FunctionalInterface
    interface Channels {
        boolean any(Predicate<String> name);
    }

    /// Every connection.
    Filter ALL = new And(List.of());

    boolean test(Row row, Channels channels);

    record And(List<Filter> all) implements Filter {
        @Override
        public boolean test(Row row, Channels channels) {
            for (Filter each : all) {
                if (!each.test(row, channels)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public String toString() {
            return all.stream().map(Filter::toString).collect(Collectors.joining(" and ", "(", ")"));
        }
    }

    record Or(List<Filter> any) implements Filter {
        @Override
        public boolean test(Row row, Channels channels) {
            for (Filter each : any) {
                if (each.test(row, channels)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public String toString() {
            return any.stream().map(Filter::toString).collect(Collectors.joining(" or ", "(", ")"));
        }
    }

    record Not(Filter negated) implements Filter {
        @Override
        public boolean test(Row row, Channels channels) {
            return !negated.test(row, channels);
        }

        @Override
        public String toString() {
            return "not " + negated;
        }
    }

    /// A number of things, bytes or milliseconds.
    record Amount(Field field, Operator operator, double value) implements Filter {
        @Override
        public boolean test(Row row, Channels channels) {
            double actual = field.number(row);
            return !Double.isNaN(actual) && operator.holds(Double.compare(actual + 0.0, value + 0.0));
        }

        @Override
        public String toString() {
            return "%s %s %s".formatted(field.word(), operator.sign(), Values.write(field, value));
        }
    }

    /// @param patterns one of which it must be like
    record Like(Field field, List<TextPattern> patterns) implements Filter {
        @Override
        public boolean test(Row row, Channels channels) {
            if (field == Field.CHANNEL) {
                return channels.any(this::like);
            }
            return like(field.text(row)) || (field == Field.NODE && like(row.node()));
        }

        private boolean like(String text) {
            for (TextPattern each : patterns) {
                if (each.test(text)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public String toString() {
            return patterns.stream()
                    .map(each -> Values.quoted(each.toString()))
                    .collect(Collectors.joining(", ", field.word() + " in (", ")"));
        }
    }

    /// A client's version against one that is no pattern. Unknown versions are [Like] the empty text.
    ///
    /// @param number what the version is read as
    record Release(Operator operator, String version, VersionNumber number) implements Filter {
        Release(Operator operator, String version) {
            this(operator, version, VersionNumber.of(version));
        }

        @Override
        public boolean test(Row row, Channels channels) {
            return !row.version().isEmpty()
                    && operator.holds(VersionNumber.of(row.version()).compareTo(number));
        }

        @Override
        public String toString() {
            return "version %s %s".formatted(operator.sign(), Values.quoted(version));
        }
    }

    /// @param ranges one of which its address must be in
    record Within(List<IpPrefix> ranges) implements Filter {
        @Override
        public boolean test(Row row, Channels channels) {
            Optional<IpAddress> address = IpAddress.find(row.address());
            if (address.isEmpty()) {
                return false;
            }
            for (IpPrefix each : ranges) {
                if (each.contains(address.get())) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public String toString() {
            return ranges.stream().map(IpPrefix::toString).collect(Collectors.joining(", ", "ip in (", ")"));
        }
    }
}
