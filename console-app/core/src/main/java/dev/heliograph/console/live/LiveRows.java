package dev.heliograph.console.live;

import dev.heliograph.console.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/// Rows by their keys that change all the time, as pictures that a table can show.
///
/// Changes come on any thread. Sorting and filtering are done on the thread `live`, one for all tables of the console;
/// a picture is published at most twice a second, and the order changes at most once a second. So that a row stays
/// where
/// it is while somebody points at it or has selected it, the order can be frozen: then values change in place, rows
/// that
/// go stay and are marked, and new ones wait.
///
/// Made for 100,000 rows. Costs nothing while nothing changes. Threadsafe.
///
/// @param <K> what a row is known by; needs `equals` and `hashCode`
/// @param <V> a row; immutable
public final class LiveRows<K, V> implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(LiveRows.class.getName());

    /// From one picture to the next, at least.
    static final long PICTURE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /// From one order to the next, at least.
    static final long ORDER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final ScheduledExecutorService LIVE = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("live").factory());

    private final Function<? super V, ? extends K> key;
    private final ScheduledExecutorService thread;
    private final Value<Rows<V>> picture = new Value<>(Rows.none());

    // ---- what has come in, guarded by this ----

    private final Map<K, Optional<V>> changes = new HashMap<>();
    private Comparator<? super V> order;
    private Predicate<? super V> filter = _ -> true;
    private boolean cleared;
    private boolean orderDue;

    /// Whether there was no row yet since the beginning or a reset: the first ones are ordered at once.
    private boolean fresh = true;

    private boolean frozen;
    private boolean scheduled;
    private boolean closed;
    private long lastPicture;
    private boolean published;

    // ---- what is shown, of the live thread only ----

    private final Map<K, V> rows = new HashMap<>();
    private List<V> shown = List.of();
    private Set<V> departed = Rows.noDepartures();
    private long lastOrder;

    /// @param key   of a row
    /// @param order of the rows at first; should leave no two rows equal, else these are in any order
    public LiveRows(Function<? super V, ? extends K> key, Comparator<? super V> order) {
        this(key, order, LIVE);
    }

    LiveRows(Function<? super V, ? extends K> key, Comparator<? super V> order, ScheduledExecutorService thread) {
        this.key = key;
        this.order = order;
        this.thread = thread;
    }

    /// What is to be shown; told on the thread `live`.
    public Value<Rows<V>> picture() {
        return picture;
    }

    /// Rows that came or changed.
    public void put(Collection<? extends V> changed) {
        synchronized (this) {
            changed.forEach(row -> changes.put(key.apply(row), Optional.of(row)));
            schedule();
        }
    }

    /// Rows that went.
    public void remove(Collection<? extends K> gone) {
        synchronized (this) {
            gone.forEach(each -> changes.put(each, Optional.empty()));
            schedule();
        }
    }

    /// All rows that there are: those that are not among them went.
    public void replace(Collection<? extends V> all) {
        synchronized (this) {
            cleared = true;
            changes.clear();
            put(all);
        }
    }

    /// Something else is to be shown from now on: no row stays, and the next rows are ordered at once, frozen or not.
    public void reset(Comparator<? super V> nextOrder, Predicate<? super V> nextFilter) {
        synchronized (this) {
            replace(List.of());
            order = nextOrder;
            filter = nextFilter;
            orderDue = true;
            fresh = true;
        }
    }

    /// Sorts by something else, also if the order is frozen.
    public synchronized void order(Comparator<? super V> next) {
        order = next;
        orderDue = true;
        schedule();
    }

    /// Shows those for which it holds, also if the order is frozen.
    public synchronized void filter(Predicate<? super V> next) {
        filter = next;
        orderDue = true;
        schedule();
    }

    /// Whether every row is to stay where it is.
    public synchronized void freeze(boolean next) {
        if (frozen != next) {
            frozen = next;
            schedule();
        }
    }

    /// Nothing is published any more.
    @Override
    public synchronized void close() {
        closed = true;
    }

    private void schedule() {
        assert Thread.holdsLock(this);
        if (!scheduled && !closed) {
            scheduled = true;
            long wait = published ? Math.max(0, lastPicture + PICTURE_NANOS - System.nanoTime()) : 0;
            var _ = thread.schedule(this::publishNow, wait, TimeUnit.NANOSECONDS);
        }
    }

    private void publishNow() {
        try {
            publish(System.nanoTime());
        } catch (RuntimeException e) {
            // Nobody asks for the outcome of what is scheduled; the next change is another try.
            LOG.log(System.Logger.Level.WARNING, "a table cannot be brought up to date", e);
        }
    }

    /// Makes the next picture. On the live thread.
    void publish(long now) {
        Map<K, Optional<V>> taken;
        Comparator<? super V> by;
        Predicate<? super V> shows;
        boolean all;
        boolean anew;
        boolean hold;
        synchronized (this) {
            scheduled = false;
            if (closed) {
                return;
            }
            taken = new HashMap<>(changes);
            changes.clear();
            by = order;
            shows = filter;
            all = cleared;
            cleared = false;
            anew = orderDue || fresh;
            orderDue = false;
            fresh = fresh && taken.isEmpty();
            hold = frozen;
            lastPicture = now;
            published = true;
        }
        if (all) {
            rows.clear();
        }
        taken.forEach((each, row) -> row.ifPresentOrElse(value -> rows.put(each, value), () -> rows.remove(each)));
        boolean mayOrder = anew || (!hold && now - lastOrder >= ORDER_NANOS);
        int waiting = 0;
        if (mayOrder) {
            sort(by, shows);
            lastOrder = now;
        } else {
            waiting = refresh(shows, hold);
        }
        picture.set(new Rows<>(shown, departed, rows.size(), waiting, hold));
        if (!mayOrder && !hold && (waiting > 0 || !taken.isEmpty())) {
            // Values have changed, and with them perhaps the order: that is due within a second.
            synchronized (this) {
                schedule();
            }
        }
    }

    /// Sorts what was shown before, which mostly is nearly in order, with what has come since.
    private void sort(Comparator<? super V> by, Predicate<? super V> shows) {
        List<V> next = new ArrayList<>(rows.size());
        Set<K> seen = HashSet.newHashSet(rows.size());
        for (V before : shown) {
            K each = key.apply(before);
            V row = rows.get(each);
            if (row != null && seen.add(each) && shows.test(row)) {
                next.add(row);
            }
        }
        rows.forEach((each, row) -> {
            if (!seen.contains(each) && shows.test(row)) {
                next.add(row);
            }
        });
        next.sort(by);
        shown = Collections.unmodifiableList(next);
        departed = Rows.noDepartures();
    }

    /// Puts the present values in the places that the rows have.
    ///
    /// @param hold whether rows that went stay in their places
    /// @return how many rows there are besides
    private int refresh(Predicate<? super V> shows, boolean hold) {
        List<V> next = new ArrayList<>(shown.size());
        Set<V> gone = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<K> placed = HashSet.newHashSet(shown.size());
        for (V before : shown) {
            K each = key.apply(before);
            V row = rows.get(each);
            placed.add(each);
            if (row != null) {
                next.add(row);
            } else if (hold) {
                next.add(before);
                gone.add(before);
            }
        }
        int waiting = 0;
        for (Map.Entry<K, V> each : rows.entrySet()) {
            if (!placed.contains(each.getKey()) && shows.test(each.getValue())) {
                waiting++;
            }
        }
        shown = Collections.unmodifiableList(next);
        departed = gone;
        return waiting;
    }
}
