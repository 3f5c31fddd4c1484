package dev.heliograph.console.api;

import dev.heliograph.console.api.AdminException.Kind;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.wire.WhoAmI;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The addresses of one cluster, any of which will do, and the token that they are asked with. Threadsafe.
///
/// One of them is asked first. A question that it cannot be asked is put to the next ones, and so is a
/// change of which nothing was sent yet; a change that was on its way is not made again. Which one is first
/// is decided by [#find] alone.
///
/// A token that was refused is not shown to the cluster again: an address that tries bad ones is told to
/// wait. All calls
/// fail with that refusal until [#signIn].
public final class Nodes implements Caller, AutoCloseable {

    /// The longest that an answer takes in a cluster that still works; a list of 15,000 connections takes 0.6 s.
    static final Duration CALL = Duration.ofSeconds(20);

    /// Hears what comes of the calls, on whichever thread; must be quick.
    public interface Observer {

        /// A node has answered something.
        void answered();

        /// A node could not be asked: it is time to look which ones are there.
        void troubled();

        /// The token is not accepted.
        void refused(AdminException cause);
    }

    /// A node that answers.
    ///
    /// @param who the token stands for
    public record Found(URI address, WhoAmI who) {}

    private record Session(String token, Optional<AdminException> refusal) {}

    private final List<Endpoint> endpoints;
    private final Observer observer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /// Guarded by `lock`.
    private long changes;

    private volatile int first;
    private volatile Session session;

    /// @param addresses at least one, `http` or `https`, without a slash at the end
    public Nodes(List<URI> addresses, Trust trust, String token, Observer observer) {
        this.endpoints =
                addresses.stream().map(address -> new Endpoint(address, trust)).toList();
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("a cluster has at least one address");
        }
        this.session = new Session(token, Optional.empty());
        this.observer = observer;
    }

    /// The live stream of these nodes.
    public LiveFeed live() {
        return new HttpLiveFeed(this, observer);
    }

    @Override
    public <T> T call(Call<T> call) {
        String token = token();
        List<AdminException> failures = new ArrayList<>();
        for (Endpoint endpoint : inOrder()) {
            try {
                T answer = endpoint.call(call, token, CALL);
                observer.answered();
                return answer;
            } catch (AdminException e) {
                tell(token, e);
                if (!isForNext(call, e)) {
                    throw e;
                }
                failures.add(e);
            }
        }
        throw all(failures);
    }

    /// Looks for a node that answers, beginning with the first one, and makes it the first. What is under
    /// way at one that
    /// does not answer is given up.
    ///
    /// @param patience for each
    /// @throws AdminException if none answers, or the token is refused
    public Found find(Duration patience) {
        String token = token();
        List<AdminException> failures = new ArrayList<>();
        for (Endpoint endpoint : inOrder()) {
            try {
                WhoAmI who = endpoint.call(HttpAdminApi.whoAmICall(), token, patience);
                goTo(endpoint);
                observer.answered();
                return new Found(endpoint.address(), who);
            } catch (AdminException e) {
                if (isRefusal(e)) {
                    refuse(token, e);
                    throw e;
                }
                endpoint.abandon();
                failures.add(e);
            }
        }
        throw all(failures);
    }

    /// Goes on with another token.
    public void signIn(String token) {
        lock.lock();
        try {
            session = new Session(token, Optional.empty());
            changes++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    public boolean isSignedOut() {
        return session.refusal().isPresent();
    }

    /// Ends what is under way, except for changes.
    @Override
    public void close() {
        endpoints.forEach(Endpoint::close);
    }

    // ---- for the live stream ----

    /// The one to be asked first or, after that one has failed, the next.
    Endpoint after(Optional<Endpoint> failed) {
        return failed.map(endpoint -> endpoints.get((endpoints.indexOf(endpoint) + 1) % endpoints.size()))
                .orElseGet(() -> endpoints.get(first));
    }

    /// The token; waits while there is none that may be accepted.
    String awaitToken() throws InterruptedException {
        lock.lock();
        try {
            while (session.refusal().isPresent()) {
                changed.await();
            }
            return session.token();
        } finally {
            lock.unlock();
        }
    }

    /// Waits, at most this long, for a node to be found.
    void awaitChange(Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long before = changes;
            long left = atMost.toNanos();
            while (before == changes && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    void refuse(String token, AdminException cause) {
        lock.lock();
        try {
            // An answer to a token of before says nothing about the present one.
            if (!session.token().equals(token) || session.refusal().isPresent()) {
                return;
            }
            session = new Session(token, Optional.of(cause));
        } finally {
            lock.unlock();
        }
        observer.refused(cause);
    }

    // ---- parts ----

    private String token() {
        Session now = session;
        if (now.refusal().isPresent()) {
            throw now.refusal().get();
        }
        return now.token();
    }

    private List<Endpoint> inOrder() {
        int from = first;
        List<Endpoint> order = new ArrayList<>(endpoints.subList(from, endpoints.size()));
        order.addAll(endpoints.subList(0, from));
        return order;
    }

    private void goTo(Endpoint endpoint) {
        lock.lock();
        try {
            first = endpoints.indexOf(endpoint);
            changes++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void tell(String token, AdminException e) {
        switch (e.kind()) {
            case UNREACHABLE, GARBAGE -> observer.troubled();
            case UNAUTHENTICATED -> refuse(token, e);
            case FORBIDDEN, INVALID, NOT_FOUND, CONFLICT, TOO_MANY_REQUESTS, UNAVAILABLE -> observer.answered();
        }
    }

    /// One that takes too long for a question is not asked elsewhere: it would take the whole cluster as
    /// long. Whether the node is there at all, [#find] sees sooner.
    private static boolean isForNext(Call<?> call, AdminException e) {
        return switch (e.kind()) {
            case UNREACHABLE -> !e.maybeDone() && !(e.getCause() instanceof TimeoutException);
            case GARBAGE -> call.repeatable();
            default -> false;
        };
    }

    /// To who asks who it is: only tokens that are not accepted are told to wait, and every role may ask.
    private static boolean isRefusal(AdminException e) {
        return e.kind() == Kind.UNAUTHENTICATED || e.kind() == Kind.FORBIDDEN || e.kind() == Kind.TOO_MANY_REQUESTS;
    }

    private static AdminException all(List<AdminException> failures) {
        AdminException last = failures.getLast();
        if (failures.size() == 1) {
            return last;
        }
        return new AdminException(
                last.kind(),
                Messages.text("link.unreachable.all", Integer.toString(failures.size()), last.sentence()),
                last);
    }
}
