package dev.heliograph.conformance;

import dev.heliograph.testkit.RelayProcess;
import io.github.centrifugal.centrifuge.Client;
import io.github.centrifugal.centrifuge.ClientState;
import io.github.centrifugal.centrifuge.ConnectedEvent;
import io.github.centrifugal.centrifuge.ConnectingEvent;
import io.github.centrifugal.centrifuge.ConnectionTokenEvent;
import io.github.centrifugal.centrifuge.ConnectionTokenGetter;
import io.github.centrifugal.centrifuge.DisconnectedEvent;
import io.github.centrifugal.centrifuge.DuplicateSubscriptionException;
import io.github.centrifugal.centrifuge.ErrorEvent;
import io.github.centrifugal.centrifuge.EventListener;
import io.github.centrifugal.centrifuge.JoinEvent;
import io.github.centrifugal.centrifuge.LeaveEvent;
import io.github.centrifugal.centrifuge.Options;
import io.github.centrifugal.centrifuge.PublicationEvent;
import io.github.centrifugal.centrifuge.ReplyError;
import io.github.centrifugal.centrifuge.ResultCallback;
import io.github.centrifugal.centrifuge.ServerJoinEvent;
import io.github.centrifugal.centrifuge.ServerLeaveEvent;
import io.github.centrifugal.centrifuge.ServerPublicationEvent;
import io.github.centrifugal.centrifuge.ServerSubscribedEvent;
import io.github.centrifugal.centrifuge.ServerUnsubscribedEvent;
import io.github.centrifugal.centrifuge.SubscribedEvent;
import io.github.centrifugal.centrifuge.SubscribingEvent;
import io.github.centrifugal.centrifuge.Subscription;
import io.github.centrifugal.centrifuge.SubscriptionErrorEvent;
import io.github.centrifugal.centrifuge.SubscriptionEventListener;
import io.github.centrifugal.centrifuge.SubscriptionOptions;
import io.github.centrifugal.centrifuge.SubscriptionTokenEvent;
import io.github.centrifugal.centrifuge.SubscriptionTokenGetter;
import io.github.centrifugal.centrifuge.TokenCallback;
import io.github.centrifugal.centrifuge.UnsubscribedEvent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A client of the official Java SDK whose events can be waited for.
final class JavaClient implements AutoCloseable {

    /// A subscription and what its listener was told.
    record Channel(Subscription subscription, EventLog seen) {}

    private final EventLog seen = new EventLog();
    private final Client client;

    /// A client that is not connected yet.
    JavaClient(RelayProcess relay, Consumer<Options> configure) {
        this(relay.port(), configure);
    }

    /// A client that is not connected yet.
    ///
    /// @param port of the relay or of what stands before it
    JavaClient(int port, Consumer<Options> configure) {
        Options options = new Options();
        options.setMinReconnectDelay(20);
        options.setMaxReconnectDelay(100);
        configure.accept(options);
        // A name, not an address, since only names are asked of Options.setDns.
        client = new Client("ws://localhost:" + port + "/connection/websocket", options, new Listener(seen));
    }

    /// A client with a token, connected.
    static JavaClient connected(RelayProcess relay, String token) throws InterruptedException {
        JavaClient client = new JavaClient(relay, options -> options.setToken(token));
        client.connect();
        return client;
    }

    /// Connects and waits for it.
    ///
    /// @return the id of the connection
    String connect() throws InterruptedException {
        client.connect();
        return seen.next(ConnectedEvent.class).getClient();
    }

    Client sdk() {
        return client;
    }

    EventLog seen() {
        return seen;
    }

    Channel subscription(String channel, Consumer<SubscriptionOptions> configure) {
        SubscriptionOptions options = new SubscriptionOptions();
        options.setMinResubscribeDelay(20);
        options.setMaxResubscribeDelay(100);
        configure.accept(options);
        EventLog log = new EventLog();
        try {
            return new Channel(client.newSubscription(channel, options, new ChannelListener(log)), log);
        } catch (DuplicateSubscriptionException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Subscribes and waits for it.
    Channel subscribed(String channel) throws InterruptedException {
        return subscribed(channel, _ -> {});
    }

    Channel subscribed(String channel, Consumer<SubscriptionOptions> configure) throws InterruptedException {
        Channel made = subscription(channel, configure);
        made.subscription().subscribe();
        made.seen().next(SubscribedEvent.class);
        return made;
    }

    /// Waits for the result of a call that takes a callback.
    static <T> T result(Consumer<ResultCallback<T>> call) throws InterruptedException {
        try {
            return await(call);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    /// Waits for the code with which a call fails at the relay.
    static <T> int errorOf(Consumer<ResultCallback<T>> call) throws InterruptedException {
        try {
            throw new AssertionError("no error but " + await(call));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ReplyError error) {
                return error.getCode();
            }
            throw new AssertionError(e.getCause());
        }
    }

    private static <T> T await(Consumer<ResultCallback<T>> call) throws ExecutionException, InterruptedException {
        CompletableFuture<T> future = new CompletableFuture<>();
        call.accept((failure, result) -> {
            if (failure == null) {
                future.complete(result);
            } else {
                future.completeExceptionally(failure);
            }
        });
        try {
            return future.get(30, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("no result in time", e);
        }
    }

    /// Connection tokens as a supplier gives them.
    static ConnectionTokenGetter tokens(Supplier<String> supplier) {
        return new ConnectionTokenGetter() {
            @Override
            public void getConnectionToken(ConnectionTokenEvent event, TokenCallback callback) {
                callback.Done(null, supplier.get());
            }
        };
    }

    /// Subscription tokens as a supplier gives them; an empty one is never handed over.
    static SubscriptionTokenGetter subscriptionTokens(Supplier<String> supplier) {
        return new SubscriptionTokenGetter() {
            @Override
            public void getSubscriptionToken(SubscriptionTokenEvent event, TokenCallback callback) {
                String token = supplier.get();
                if (!token.isEmpty()) {
                    callback.Done(null, token);
                }
            }
        };
    }

    @Override
    public void close() throws InterruptedException {
        // Client.close alone stops threads under a reply that is being worked on.
        if (client.getState() != ClientState.DISCONNECTED) {
            client.disconnect();
            seen.next(DisconnectedEvent.class);
        }
        client.close(5_000);
    }

    private static final class Listener extends EventListener {
        private final EventLog log;

        Listener(EventLog log) {
            this.log = log;
        }

        @Override
        public void onConnecting(Client client, ConnectingEvent event) {
            log.add(event);
        }

        @Override
        public void onConnected(Client client, ConnectedEvent event) {
            log.add(event);
        }

        @Override
        public void onDisconnected(Client client, DisconnectedEvent event) {
            log.add(event);
        }

        @Override
        public void onError(Client client, ErrorEvent event) {
            log.add(event);
        }

        @Override
        public void onSubscribed(Client client, ServerSubscribedEvent event) {
            log.add(event);
        }

        @Override
        public void onUnsubscribed(Client client, ServerUnsubscribedEvent event) {
            log.add(event);
        }

        @Override
        public void onPublication(Client client, ServerPublicationEvent event) {
            log.add(event);
        }

        @Override
        public void onJoin(Client client, ServerJoinEvent event) {
            log.add(event);
        }

        @Override
        public void onLeave(Client client, ServerLeaveEvent event) {
            log.add(event);
        }
    }

    private static final class ChannelListener extends SubscriptionEventListener {
        private final EventLog log;

        ChannelListener(EventLog log) {
            this.log = log;
        }

        @Override
        public void onSubscribing(Subscription subscription, SubscribingEvent event) {
            log.add(event);
        }

        @Override
        public void onSubscribed(Subscription subscription, SubscribedEvent event) {
            log.add(event);
        }

        @Override
        public void onUnsubscribed(Subscription subscription, UnsubscribedEvent event) {
            log.add(event);
        }

        @Override
        public void onPublication(Subscription subscription, PublicationEvent event) {
            log.add(event);
        }

        @Override
        public void onJoin(Subscription subscription, JoinEvent event) {
            log.add(event);
        }

        @Override
        public void onLeave(Subscription subscription, LeaveEvent event) {
            log.add(event);
        }

        @Override
        public void onError(Subscription subscription, SubscriptionErrorEvent event) {
            log.add(event);
        }
    }
}
