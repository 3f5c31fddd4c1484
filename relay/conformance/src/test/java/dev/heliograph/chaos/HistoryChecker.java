package dev.heliograph.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides from what the publishers and readers of one channel wrote down whether anything was lost, repeated
/// or reordered.
///
/// Publishers number their messages. A reader writes down where it began, what it heard, and where it was told
/// that something can not be recovered: only there, and before it began, may messages be missing, and only
/// those between the two places. The same offset again with the same message, as after a recovery, is no fault.
///
/// A stream may go on under another epoch. A reader that is told so (`recovered=true` with a new epoch) goes on
/// with the next offset, and may rely on it that all it has is still part of the stream: what others know of
/// the new epoch up to there must be the same, and what was acknowledged in the old one beyond it is lost.
///
/// Threads may share a checker; each [Reader] is for one thread. [#faults] comes after all of them.
public final class HistoryChecker {

    /// More say nothing new.
    private static final int MAX_FAULTS = 1_000;

    /// The `number`-th message of a publisher; numbers grow.
    public record Message(int publisher, int number) {}

    /// A place in the stream.
    public record Place(String epoch, long offset) {}

    private record Heard(Place place, Message message) {}

    /// What a reader was told, as the upper bits of an entry of its log.
    private enum Kind {
        HEARD,
        BEGAN,
        UNRECOVERED,
        CONTINUED
    }

    /// What one reader heard, in its order.
    public final class Reader {

        private static final int OFFSET_BITS = 48;
        private static final int EPOCH_BITS = 12;

        private final String name;
        private final PairLog log = new PairLog();
        private int gaps;

        private Reader(String name) {
            this.name = name;
        }

        /// It begins here: what was before is not its own.
        public void began(Place place) {
            add(Kind.BEGAN, place, 0);
        }

        public void heard(Place place, Message message) {
            add(Kind.HEARD, place, (long) message.publisher << Integer.SIZE | message.number);
        }

        /// It was told that something is missing (`recovered=false`) and that the stream stands here now.
        public void unrecovered(Place place) {
            gaps++;
            add(Kind.UNRECOVERED, place, 0);
        }

        /// It was told that nothing is missing (`recovered=true`) and that the stream goes on under another
        /// epoch.
        public void continuedIn(String epoch) {
            add(Kind.CONTINUED, new Place(epoch, 0), 0);
        }

        private void add(Kind kind, Place place, long message) {
            long first = (long) kind.ordinal() << OFFSET_BITS + EPOCH_BITS
                    | (long) number(place.epoch) << OFFSET_BITS
                    | place.offset;
            log.add(first, message);
        }

        private Kind kind(int index) {
            return Kind.values()[(int) (log.first(index) >>> OFFSET_BITS + EPOCH_BITS)];
        }

        private Place place(int index) {
            long first = log.first(index);
            return new Place(
                    epochs.get((int) (first >>> OFFSET_BITS) & (1 << EPOCH_BITS) - 1), first & (1L << OFFSET_BITS) - 1);
        }

        private Message message(int index) {
            long second = log.second(index);
            return new Message((int) (second >>> Integer.SIZE), (int) second);
        }
    }

    /// Where messages may be missing: between two places. Epochs are numbered in the order of their first
    /// sight.
    private record Hole(int fromEpoch, long above, int toEpoch, long upTo) {

        boolean contains(int epoch, long offset) {
            if (epoch == fromEpoch || epoch == toEpoch) {
                return (epoch != fromEpoch || offset > above) && (epoch != toEpoch || offset <= upTo);
            }
            return epoch > fromEpoch && epoch < toEpoch;
        }
    }

    private record Link(String from, String to) {}

    private final Map<Message, Place> acknowledged = new LinkedHashMap<>();
    private final Set<Message> unsure = new HashSet<>();
    private final List<Reader> readers = new ArrayList<>();
    private final Map<String, Integer> epochNumbers = new HashMap<>();
    private final List<String> epochs = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private int further;

    /// The publisher was told where its message is. It may be told more than once, but always the same.
    public synchronized void acknowledged(Message message, Place place) {
        number(place.epoch);
        Place before = acknowledged.putIfAbsent(message, place);
        if (before != null && before.offset != place.offset) {
            fault("%s was put at %s and at %s", message, before, place);
        }
    }

    /// The publisher was not told what became of its message: it may be there or not.
    public synchronized void unsure(Message message) {
        unsure.add(message);
    }

    public synchronized Reader reader(String name) {
        Reader reader = new Reader(name);
        readers.add(reader);
        return reader;
    }

    private synchronized int number(String epoch) {
        return epochNumbers.computeIfAbsent(epoch, _ -> {
            epochs.add(epoch);
            return epochs.size() - 1;
        });
    }

    /// How many messages were acknowledged.
    public synchronized int acknowledged() {
        return acknowledged.size();
    }

    /// How often readers were told that something can not be recovered.
    synchronized int gaps() {
        return readers.stream().mapToInt(reader -> reader.gaps).sum();
    }

    private void fault(String text, Object... arguments) {
        if (faults.size() < MAX_FAULTS) {
            faults.add(text.formatted(arguments));
        } else {
            further++;
        }
    }

    /// Everything that is wrong, in words; empty if nothing is.
    public synchronized List<String> faults() {
        Map<Place, Message> stream = new HashMap<>();
        Map<Link, Long> links = new LinkedHashMap<>();
        acknowledged.forEach((message, place) -> {
            Message other = stream.putIfAbsent(place, message);
            if (other != null) {
                fault("%s and %s were both put at %s", other, message, place);
            }
        });
        readers.forEach(reader -> new Check(reader, stream, links).run());
        stream.forEach((place, message) -> links.forEach((link, upTo) -> {
            Message before = stream.get(new Place(link.from, place.offset));
            if (link.to.equals(place.epoch) && place.offset <= upTo && before != null && !before.equals(message)) {
                fault(
                        "%s is at %s, though %s there was said to go on",
                        message, place, new Heard(new Place(link.from, place.offset), before));
            }
        }));
        if (further > 0) {
            faults.add("and %d more".formatted(further));
        }
        return List.copyOf(faults);
    }

    private final class Check {
        private final Reader reader;
        private final Map<Place, Message> stream;
        private final Map<Link, Long> links;

        /// Since it began, or began anew in another epoch.
        private final Set<Message> seen = new HashSet<>();

        private final Set<Message> seenBefore = new HashSet<>();
        private final Map<Integer, Integer> latest = new HashMap<>();
        private final List<Hole> holes = new ArrayList<>();

        /// All up to here it has heard or may miss.
        private @Nullable Place at;

        Check(Reader reader, Map<Place, Message> stream, Map<Link, Long> links) {
            this.reader = reader;
            this.stream = stream;
            this.links = links;
        }

        private void fault(String text, Object... arguments) {
            HistoryChecker.this.fault("%s", reader.name + ": " + text.formatted(arguments));
        }

        void run() {
            for (int i = 0; i < reader.log.size(); i++) {
                Place place = reader.place(i);
                switch (reader.kind(i)) {
                    case BEGAN, UNRECOVERED -> jump(place);
                    case CONTINUED -> link(place.epoch);
                    case HEARD -> hear(new Heard(place, reader.message(i)));
                }
            }
            if (at == null && !acknowledged.isEmpty()) {
                fault("it heard nothing");
                return;
            }
            acknowledged.forEach((message, place) -> {
                if (!seen.contains(message) && !seenBefore.contains(message) && !isInHole(place)) {
                    fault("%s at %s is lost", message, place);
                }
            });
        }

        private void jump(Place to) {
            Place from = at;
            if (from == null) {
                holes.add(new Hole(-1, 0, number(to.epoch), to.offset));
            } else {
                holes.add(new Hole(number(from.epoch), from.offset, number(to.epoch), to.offset));
                if (!from.epoch.equals(to.epoch)) {
                    // The new epoch may lack what the old one had, so that it is published again.
                    seenBefore.addAll(seen);
                    seen.clear();
                    latest.clear();
                }
            }
            at = to;
        }

        private void link(String epoch) {
            Place from = at;
            if (from == null) {
                fault("it goes on in %s, but never began", epoch);
                return;
            }
            links.merge(new Link(from.epoch, epoch), from.offset, Math::max);
            at = new Place(epoch, from.offset);
        }

        private void hear(Heard entry) {
            if (!acknowledged.containsKey(entry.message) && !unsure.contains(entry.message)) {
                fault("nobody published %s", entry);
            }
            Message known = stream.putIfAbsent(entry.place, entry.message);
            if (known != null && !known.equals(entry.message)) {
                fault("%s, but there is %s", entry, known);
            }
            Place before = at;
            if (before != null && before.epoch.equals(entry.place.epoch) && entry.place.offset <= before.offset) {
                if (!seen.contains(entry.message)) {
                    fault("%s comes behind %s", entry, before);
                }
                return;
            }
            if (before == null || !before.epoch.equals(entry.place.epoch) || entry.place.offset != before.offset + 1) {
                fault("%s comes right behind %s", entry, before == null ? "nothing" : before);
            }
            if (!seen.add(entry.message)) {
                fault("%s was published before", entry);
            }
            Integer number = latest.put(entry.message.publisher, entry.message.number);
            if (number != null && number > entry.message.number) {
                fault("%s comes behind number %d", entry, number);
            }
            at = entry.place;
        }

        private boolean isInHole(Place place) {
            int epoch = number(place.epoch);
            return holes.stream().anyMatch(hole -> hole.contains(epoch, place.offset));
        }
    }
}
