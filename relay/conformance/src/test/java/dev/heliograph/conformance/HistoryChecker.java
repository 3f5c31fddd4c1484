package dev.heliograph.conformance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides from what the publishers and readers of one channel wrote down whether anything was lost, repeated or
/// reordered.
///
/// Publishers number their messages. A reader writes down what it heard, and where it was told that something can not
/// be
/// recovered: only there, and before it began, may messages be missing. The same offset again with the same message,
/// as after a recovery, is no fault. Not threadsafe.
final class HistoryChecker {

    /// The `number`-th message of a publisher; numbers grow.
    record Message(String publisher, long number) {}

    /// A place in the stream.
    record Place(String epoch, long offset) {}

    private record Heard(Place place, Message message) {}

    /// What one reader heard, in its order.
    static final class Reader {

        private final String name;

        /// Null where something could not be recovered.
        private final List<@Nullable Heard> entries = new ArrayList<>();

        private Reader(String name) {
            this.name = name;
        }

        void heard(Place place, Message message) {
            entries.add(new Heard(place, message));
        }

        /// It was told that something is missing here (`recovered=false`).
        void unrecovered() {
            entries.add(null);
        }
    }

    private final Map<Message, Place> acknowledged = new LinkedHashMap<>();
    private final Set<Message> unsure = new HashSet<>();
    private final List<Reader> readers = new ArrayList<>();

    /// The publisher was told where its message is.
    void acknowledged(Message message, Place place) {
        acknowledged.put(message, place);
    }

    /// The publisher was not told what became of its message: it may be there or not.
    void unsure(Message message) {
        unsure.add(message);
    }

    Reader reader(String name) {
        Reader reader = new Reader(name);
        readers.add(reader);
        return reader;
    }

    /// Everything that is wrong, in words; empty if nothing is.
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        Map<Place, Message> stream = new HashMap<>();
        acknowledged.forEach((message, place) -> {
            Message other = stream.putIfAbsent(place, message);
            if (other != null) {
                faults.add("%s and %s were both put at %s".formatted(other, message, place));
            }
        });
        readers.forEach(reader -> new Check(reader, stream, faults).run());
        return faults;
    }

    private final class Check {
        private final Reader reader;
        private final Map<Place, Message> stream;
        private final List<String> faults;
        private final Set<Message> seen = new HashSet<>();
        private final Map<String, Long> latest = new HashMap<>();

        /// Where messages may be missing, by epoch: above the first and below the second offset.
        private final Map<String, List<long[]>> holes = new HashMap<>();

        private @Nullable Heard last;

        Check(Reader reader, Map<Place, Message> stream, List<String> faults) {
            this.reader = reader;
            this.stream = stream;
            this.faults = faults;
        }

        private void fault(String text, Object... arguments) {
            faults.add(reader.name + ": " + text.formatted(arguments));
        }

        void run() {
            // It may have begun in the middle.
            boolean gap = true;
            for (Heard entry : reader.entries) {
                if (entry == null) {
                    gap = true;
                } else if (!isRepeat(entry)) {
                    follow(entry, gap);
                    gap = false;
                }
            }
            Heard end = last;
            if (end == null) {
                if (!acknowledged.isEmpty()) {
                    fault("it heard nothing");
                }
                return;
            }
            if (gap) {
                hole(end.place.epoch, end.place.offset, Long.MAX_VALUE);
            }
            acknowledged.forEach((message, place) -> {
                if (!seen.contains(message) && !isInHole(place)) {
                    fault("%s at %s is lost", message, place);
                }
            });
        }

        private boolean isRepeat(Heard entry) {
            Heard before = last;
            if (before == null
                    || !before.place.epoch.equals(entry.place.epoch)
                    || entry.place.offset > before.place.offset) {
                return false;
            }
            if (!seen.contains(entry.message)) {
                fault("%s comes behind %s", entry, before);
            }
            return true;
        }

        private void follow(Heard entry, boolean gap) {
            Message known = stream.putIfAbsent(entry.place, entry.message);
            if (known != null && !known.equals(entry.message)) {
                fault("%s, but there is %s", entry, known);
            }
            if (!acknowledged.containsKey(entry.message) && !unsure.contains(entry.message)) {
                fault("nobody published %s", entry);
            }
            if (!seen.add(entry.message)) {
                fault("%s was published before", entry);
            }
            Long number = latest.put(entry.message.publisher, entry.message.number);
            if (number != null && number > entry.message.number) {
                fault("%s comes behind number %d", entry, number);
            }
            Place before = last == null ? new Place(entry.place.epoch, 0) : last.place;
            boolean sameEpoch = before.epoch.equals(entry.place.epoch);
            if (gap) {
                hole(entry.place.epoch, sameEpoch ? before.offset : 0, entry.place.offset);
                if (!sameEpoch) {
                    hole(before.epoch, before.offset, Long.MAX_VALUE);
                }
            } else if (!sameEpoch || entry.place.offset != before.offset + 1) {
                fault("%s comes right behind %s", entry, before);
            }
            last = entry;
        }

        private void hole(String epoch, long above, long below) {
            holes.computeIfAbsent(epoch, _ -> new ArrayList<>()).add(new long[] {above, below});
        }

        private boolean isInHole(Place place) {
            return holes.getOrDefault(place.epoch, List.of()).stream()
                    .anyMatch(hole -> place.offset > hole[0] && place.offset < hole[1]);
        }
    }
}
