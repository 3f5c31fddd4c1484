package dev.heliograph.server.broker;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.ClientInfo;
import dev.heliograph.protocol.Publication;
import dev.heliograph.protocol.StreamPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/// The stream of one channel: an epoch, the offset of the last publication, and the latest publications, as many as
/// are kept.
///
/// Everything but the places in queues is guarded by the lock of the channel.
final class Stream {

    // What objects around the bytes take in the heap, roughly: headers, references, map and array slots.
    private static final int PUBLICATION_OVERHEAD = 128;
    private static final int INFO_OVERHEAD = 160;
    private static final int TAG_OVERHEAD = 128;

    private static final int EPOCH_LENGTH = 8;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    final LazyQueue.Place<Stream> byDeadline = new LazyQueue.Place<>(this);
    final LazyQueue.Place<Stream> byUse = new LazyQueue.Place<>(this);
    final LazyQueue.Place<Stream> byUseWithPublications = new LazyQueue.Place<>(this);

    private final String channel;
    private final String epoch = newEpoch();
    // INVARIANT: the offsets in the ring are without gaps, and the newest is `top`.
    private final PublicationRing publications = new PublicationRing();
    private long top;
    private long version;
    private String versionEpoch = "";
    private long lastUse;
    private long historyEnds = Deadline.NEVER;
    private long metaEnds;
    private boolean dropped;

    Stream(String channel) {
        this.channel = channel;
    }

    String channel() {
        return channel;
    }

    StreamPosition top() {
        return new StreamPosition(top, epoch);
    }

    void use(long now, long newMetaEnds) {
        lastUse = now;
        metaEnds = newMetaEnds;
    }

    long lastUse() {
        return lastUse;
    }

    boolean metaEnded(long now) {
        return metaEnds <= now;
    }

    boolean historyEnded(long now) {
        return historyEnds <= now;
    }

    /// When something of this stream ends next.
    long deadline() {
        return Math.min(historyEnds, metaEnds);
    }

    /// Whether the channel has forgotten this stream; whoever still finds it in a queue leaves it alone.
    boolean dropped() {
        return dropped;
    }

    void drop() {
        dropped = true;
        clear();
    }

    boolean isEmpty() {
        return publications.size() == 0;
    }

    /// Whether a version is not newer than what the stream has seen in that version epoch.
    boolean knows(long candidate, String candidateEpoch) {
        return candidate != 0
                && version != 0
                && versionEpoch.equals(candidateEpoch)
                && Long.compareUnsigned(candidate, version) <= 0;
    }

    /// Numbers a publication and keeps it.
    Publication append(Publication publication, long newHistoryEnds, PublishOptions options) {
        Publication numbered = publication.at(++top);
        publications.add(numbered);
        historyEnds = newHistoryEnds;
        if (options.version() != 0) {
            version = options.version();
            versionEpoch = options.versionEpoch();
        }
        return numbered;
    }

    int size() {
        return publications.size();
    }

    Publication removeOldest() {
        Publication removed = publications.removeOldest();
        if (isEmpty()) {
            historyEnds = Deadline.NEVER;
        }
        return removed;
    }

    /// Drops the publications and keeps the position.
    void clear() {
        publications.clear();
        historyEnds = Deadline.NEVER;
    }

    /// What the publications take in memory, roughly.
    long footprint() {
        long sum = 0;
        for (int i = 0; i < publications.size(); i++) {
            sum += footprint(publications.get(i));
        }
        return sum;
    }

    HistoryPage read(HistoryQuery query) {
        return new HistoryPage(query.reverse() ? backward(query) : forward(query), top());
    }

    private List<Publication> forward(HistoryQuery query) {
        if (Long.compareUnsigned(query.after(), top) >= 0) {
            return List.of();
        }
        int size = publications.size();
        long newer = top - query.after();
        int from = Long.compareUnsigned(newer, size) < 0 ? size - (int) newer : 0;
        int count = Math.min(query.limit(), size - from);
        List<Publication> page = new ArrayList<>(count);
        for (int i = from; i < from + count; i++) {
            page.add(publications.get(i));
        }
        return page;
    }

    private List<Publication> backward(HistoryQuery query) {
        int size = publications.size();
        boolean fromTheEnd = query.after() == 0 || Long.compareUnsigned(query.after(), top) > 0;
        long skipped = fromTheEnd ? 0 : top - query.after() + 1;
        if (Long.compareUnsigned(skipped, size) >= 0) {
            return List.of();
        }
        int from = size - 1 - (int) skipped;
        int count = Math.min(query.limit(), from + 1);
        List<Publication> page = new ArrayList<>(count);
        for (int i = from; i > from - count; i--) {
            page.add(publications.get(i));
        }
        return page;
    }

    /// What one publication takes in memory, roughly; never less than its bytes.
    static long footprint(Publication publication) {
        long sum = (long) PUBLICATION_OVERHEAD + publication.data().length();
        if (publication.info().isPresent()) {
            ClientInfo info = publication.info().get();
            sum += INFO_OVERHEAD
                    + footprint(info.user())
                    + footprint(info.client())
                    + footprint(info.connInfo())
                    + footprint(info.chanInfo());
        }
        for (Map.Entry<String, String> tag : publication.tags().entrySet()) {
            sum += TAG_OVERHEAD + footprint(tag.getKey()) + footprint(tag.getValue());
        }
        return sum;
    }

    private static long footprint(String text) {
        return 2L * text.length();
    }

    private static long footprint(Bytes bytes) {
        return bytes.length();
    }

    private static String newEpoch() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        StringBuilder letters = new StringBuilder(EPOCH_LENGTH);
        for (int i = 0; i < EPOCH_LENGTH; i++) {
            letters.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return letters.toString();
    }
}
