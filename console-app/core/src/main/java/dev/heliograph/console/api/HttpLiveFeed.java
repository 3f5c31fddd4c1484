package dev.heliograph.console.api;

import dev.heliograph.console.api.AdminException.Kind;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.value.Watch;
import dev.heliograph.console.wire.Hello;
import dev.heliograph.console.wire.StreamMessage;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// Streams over WebSocket, each on a virtual thread of its own that takes it up again when it breaks off: at
/// once at the
/// next node, then with longer and longer pauses. While the token is not accepted it waits for another one.
final class HttpLiveFeed implements LiveFeed {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);

    private final Nodes nodes;
    private final Nodes.Observer observer;

    HttpLiveFeed(Nodes nodes, Nodes.Observer observer) {
        this.nodes = nodes;
        this.observer = observer;
    }

    @Override
    public Watch watch(StreamWish wish, Listener listener) {
        Watching watching = new Watching(wish, listener);
        watching.thread.start();
        return watching::close;
    }

    private final class Watching implements Runnable {

        private final StreamWish wish;
        private final Listener listener;
        private final Thread thread = Thread.ofVirtual().name("live-feed").unstarted(this);
        private volatile boolean closed;
        private final AtomicInteger failures = new AtomicInteger();

        Watching(StreamWish wish, Listener listener) {
            this.wish = wish;
            this.listener = listener;
        }

        void close() {
            closed = true;
            thread.interrupt();
        }

        @Override
        public void run() {
            Optional<Endpoint> failed = Optional.empty();
            try {
                while (!closed) {
                    String token = nodes.awaitToken();
                    Endpoint endpoint = nodes.after(failed);
                    try {
                        endpoint.stream(wish, token, this::heard);
                        end(new AdminException(Kind.UNAVAILABLE, Messages.text("link.stream.over")));
                        return;
                    } catch (AdminException e) {
                        if (!goesOn(token, e)) {
                            end(e);
                            return;
                        }
                        failed = Optional.of(endpoint);
                        interrupted(e);
                        pause();
                    }
                }
            } catch (InterruptedException | CancellationException _) {
                Thread.currentThread().interrupt();
            }
        }

        private void heard(StreamMessage message) {
            observer.answered();
            if (message instanceof Hello) {
                failures.set(0);
            }
            if (!closed) {
                listener.onMessage(message);
            }
        }

        private boolean goesOn(String token, AdminException e) {
            return switch (e.kind()) {
                case UNREACHABLE, GARBAGE, UNAVAILABLE -> {
                    observer.troubled();
                    yield true;
                }
                case UNAUTHENTICATED -> {
                    nodes.refuse(token, e);
                    yield true;
                }
                // One node has as many streams as it takes.
                case TOO_MANY_REQUESTS -> true;
                case FORBIDDEN, INVALID, NOT_FOUND, CONFLICT -> false;
            };
        }

        private void pause() throws InterruptedException {
            int before = failures.getAndIncrement();
            if (before > 0) {
                long longest = Math.min(FIRST_PAUSE.toMillis() << Math.min(before - 1, 10), LONGEST_PAUSE.toMillis());
                // Several consoles must not come back at the same moment.
                nodes.awaitChange(Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest / 2, longest)));
            }
        }

        private void interrupted(AdminException e) {
            if (!closed) {
                listener.onInterrupted(e);
            }
        }

        private void end(AdminException e) {
            if (!closed) {
                listener.onEnd(e);
            }
        }
    }
}
