package dev.heliograph.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.websocket.WsUpgradeException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// What one operator watches, live: `GET /v1/stream?topics=nodes,audit`. Each message is a [StreamMessage]. Nothing is
/// looked at that nobody watches, and what is personal is on record before anything of it is shown.
final class LiveStream extends LiveSocket {

    private final LiveStreams all;
    private final List<AutoCloseable> feeds = new ArrayList<>();

    /// Feeds wait for it before they speak.
    private final CountDownLatch greeted = new CountDownLatch(1);

    /// Topics that go on. Guarded by this.
    private final Set<Topic> going = EnumSet.noneOf(Topic.class);

    /// Guarded by this.
    private boolean over;

    private String token = "";
    private @Nullable Operator operator;
    private @Nullable StreamWish wish;

    LiveStream(LiveStreams all) {
        this.all = all;
    }

    /// A listener does not see what the filter found out: it asks again.
    @Override
    public Optional<Headers> onHttpUpgrade(HttpPrologue prologue, Headers headers) throws WsUpgradeException {
        try {
            token = AdminApi.bearer(headers);
            Operator who = all.authenticator().authenticate(token, "");
            StreamWish what = StreamWish.parse(prologue.query());
            what.require(who.role());
            operator = who;
            wish = what;
            return Optional.empty();
        } catch (AdminException e) {
            throw new WsUpgradeException(e.text());
        }
    }

    @Override
    void opened(String from) {
        if (operator == null || wish == null) {
            throw new IllegalStateException("open without an upgrade");
        }
        Operator who = new Operator(operator.name(), operator.role(), from);
        synchronized (this) {
            if (over) {
                return;
            }
            all.opened(this);
            going.addAll(wish.topics());
        }
        try {
            for (Topic topic : wish.topics()) {
                attach(all.feeds().begin(topic, wish, this::tell, () -> ended(topic)));
            }
        } catch (RuntimeException e) {
            all.record(who, wish, "refused: " + e.getMessage());
            throw e;
        }
        all.record(who, wish, "ok");
        send(new StreamMessage.Hello(who.name(), List.copyOf(wish.topics())));
        greeted.countDown();
    }

    private synchronized void attach(AutoCloseable feed) {
        feeds.add(feed);
        if (over) {
            end(feed);
        }
    }

    /// On the thread of a feed.
    private void tell(StreamMessage message) {
        try {
            greeted.await();
            send(message);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void ended(Topic topic) {
        going.remove(topic);
        if (going.isEmpty()) {
            finish(NORMAL, "its time is over");
        }
    }

    /// A token that is revoked, or has expired, shows nothing any more.
    @Override
    void check() {
        all.authenticator().authenticate(token, "");
    }

    @Override
    void received(JsonNode message) {
        throw AdminException.invalid("nothing is expected from the client");
    }

    @Override
    synchronized void closed() {
        all.closed(this);
        over = true;
        feeds.forEach(LiveStream::end);
        greeted.countDown();
    }

    private static void end(AutoCloseable feed) {
        try {
            feed.close();
        } catch (Exception e) {
            throw new IllegalStateException("a feed cannot be closed", e);
        }
    }
}
