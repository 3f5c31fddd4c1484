package dev.heliograph.client;

/// Where a subscription is in its life. The machine, whose legal transitions are the methods of the states:
///
/// ```
///                   subscribe()              subscribe reply
///   Unsubscribed ────────────────► Subscribing ────────────► Subscribed
///        ▲                           │     ▲                   │   │
///        │   unsubscribe(),          │     └───────────────────┘   │
///        ├───────────────────────────┘       connection lost,      │
///        │   error that stays                sent away with a code │
///        │                                   from 2500, consumer   │
///        │                                   behind                │
///        └─────────────────────────────────────────────────────────┘
///            unsubscribe(), sent away with a smaller code
/// ```
public sealed interface SubscriptionState {

    /// Why it is in this state.
    Cause cause();

    record Unsubscribed(@Override Cause cause) implements SubscriptionState {
        Subscribing subscribe() {
            return new Subscribing(Cause.SUBSCRIBE_CALLED);
        }
    }

    /// On its way: waiting for the connection, a token, the reply, or the next try.
    record Subscribing(@Override Cause cause) implements SubscriptionState {
        Subscribed subscribed() {
            return new Subscribed(cause);
        }

        Unsubscribed unsubscribe(Cause why) {
            return new Unsubscribed(why);
        }
    }

    /// @param cause of the subscribing that led here
    record Subscribed(@Override Cause cause) implements SubscriptionState {
        Subscribing again(Cause why) {
            return new Subscribing(why);
        }

        Unsubscribed unsubscribe(Cause why) {
            return new Unsubscribed(why);
        }
    }
}
