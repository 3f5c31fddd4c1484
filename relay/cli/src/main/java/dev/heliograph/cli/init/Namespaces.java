package dev.heliograph.cli.init;

import java.util.ArrayList;
import java.util.List;

/// The namespaces that fit a purpose and a guarantee. The first one is that of the messages that the guarantee is for.
///
/// Permissions are the least that the purpose needs: who may do more gets a token for it.
final class Namespaces {

    private Namespaces() {}

    static List<Namespace> of(Purpose purpose, Guarantee guarantee) {
        return switch (purpose) {
            case CHAT -> List.of(chat(guarantee));
            case NOTIFICATIONS -> List.of(notification(guarantee), feed(guarantee));
            case DASHBOARDS -> guarantee.keepsHistory() ? List.of(event(guarantee), metric()) : List.of(metric());
            case COLLABORATION -> List.of(document(guarantee), cursor());
            case GAMES -> List.of(game(guarantee), state());
            case TELEMETRY -> List.of(telemetry(guarantee));
        };
    }

    private static Namespace chat(Guarantee guarantee) {
        Draft draft = new Draft();
        draft.stream(guarantee, new Depth(300, "10m"), new Depth(1_000, "1h"));
        draft.presence("people see who is in a room");
        draft.joinLeave("SDKs that ask for it are told who comes and goes");
        draft.on("allow_publish_for_subscriber", "who is in a room may write");
        draft.historyForSubscribers(guarantee, "who enters a room may read what was said");
        return draft.named("chat", "Rooms that users talk in, as chat:lobby. Each asks for a subscription token.");
    }

    private static Namespace notification(Guarantee guarantee) {
        Draft draft = new Draft();
        draft.stream(guarantee, new Depth(50, "24h"), new Depth(200, "72h"));
        draft.on("allow_user_limited_channels", "a user's own channel needs no token; others may not have it");
        return draft.named(
                "notify", "Messages to one user, as notify:inbox#42 for user 42. Only the back end publishes.");
    }

    private static Namespace feed(Guarantee guarantee) {
        Draft draft = new Draft();
        draft.stream(guarantee, new Depth(100, "1h"), new Depth(300, "24h"));
        draft.on("allow_subscribe_for_client", "every user may read it without a token of its own");
        return draft.named("feed", "Messages to all users, as feed:news. Only the back end publishes.");
    }

    private static Namespace event(Guarantee guarantee) {
        Draft draft = new Draft();
        draft.stream(guarantee, new Depth(300, "10m"), new Depth(1_000, "1h"));
        draft.on("allow_subscribe_for_client", "every user may read it; take it out and give tokens if not");
        return draft.named(
                "event", "What happened, as event:orders, where each message counts. Only the back end publishes.");
    }

    private static Namespace metric() {
        Draft draft = new Draft();
        draft.set("history_size", "1", "a value replaces the one before: who comes needs the last one");
        draft.set("history_ttl", "10m", "an older value is none");
        draft.on("force_recovery", "who connects gets the value at once");
        draft.set("force_recovery_mode", "cache", "the latest value, not all that were missed");
        draft.set("slow_consumer", "latest_only", "a slow reader skips to the newest value");
        draft.on("allow_subscribe_for_client", "every user may read it; take it out and give tokens if not");
        return draft.named("metric", "Values that replace each other, as metric:load. Only the back end publishes.");
    }

    private static Namespace document(Guarantee guarantee) {
        Draft draft = new Draft();
        draft.stream(guarantee, new Depth(300, "1h"), new Depth(1_000, "6h"));
        draft.presence("people see who else has it open");
        draft.joinLeave("SDKs need not ask for presence again and again");
        draft.on("force_push_join_leave", "to everybody who has it open; they are few");
        draft.on("allow_publish_for_subscriber", "who has it open may change it");
        draft.historyForSubscribers(guarantee, "who opens it may read the last changes");
        return draft.named("doc", "Changes of a document, as doc:17. Each asks for a subscription token.");
    }

    private static Namespace cursor() {
        Draft draft = new Draft();
        draft.set("slow_consumer", "drop_oldest", "an old position of a cursor is worth nothing");
        draft.on("allow_publish_for_subscriber", "who has the document open shows where they are");
        return draft.named("cursor", "Cursors and selections, as cursor:17. Nothing is kept.");
    }

    private static Namespace game(Guarantee guarantee) {
        Draft draft = new Draft();
        draft.stream(guarantee, new Depth(300, "5m"), new Depth(1_000, "30m"));
        draft.presence("players see who is in the match");
        draft.joinLeave("SDKs that ask for it are told who comes and goes");
        draft.on("allow_publish_for_subscriber", "who is in the match may move; the back end checks moves");
        return draft.named("game", "Moves and events of a match, as game:17. Each asks for a subscription token.");
    }

    private static Namespace state() {
        Draft draft = new Draft();
        draft.set("slow_consumer", "latest_only", "a slow player skips to the newest state");
        return draft.named(
                "state", "The whole state of a match, sent again and again, as state:17. Only the back end publishes.");
    }

    private static Namespace telemetry(Guarantee guarantee) {
        Draft draft = new Draft();
        draft.stream(guarantee, new Depth(300, "10m"), new Depth(1_000, "1h"));
        draft.on("allow_user_limited_channels", "a device's own channel needs no token; others need one to read it");
        draft.on("allow_publish_for_subscriber", "so that a device publishes into its own channel only");
        return draft.named(
                "telemetry", "Figures of one device, as telemetry:device#17 for the user 17 that the device is.");
    }

    /// How far back a history goes.
    private record Depth(int size, String ttl) {}

    /// A namespace that is being made.
    private static final class Draft {

        private final List<Setting> settings = new ArrayList<>();

        private void set(String key, String value, String why) {
            settings.add(new Setting(key, value, why));
        }

        private void on(String key, String why) {
            settings.add(Setting.on(key, why));
        }

        /// Messages that do not replace each other.
        private void stream(Guarantee guarantee, Depth shallow, Depth deep) {
            switch (guarantee) {
                case BEST_EFFORT ->
                    set(
                            "slow_consumer",
                            "drop_oldest",
                            "best effort: a slow reader loses messages, not its connection");
                case AT_LEAST_ONCE -> history(shallow, "enough for who is away for a short while");
                case EFFECTIVELY_ONCE -> history(deep, "many, since who misses more has to load everything anew");
            }
        }

        private void history(Depth depth, String why) {
            set("history_size", Integer.toString(depth.size), "messages of a channel that are kept: " + why);
            set("history_ttl", depth.ttl, "how long after the last one");
            on("force_recovery", "who comes back gets what it missed, in order, once, or is told that it cannot");
            set("slow_consumer", "drop_oldest", "a slow reader recovers from history instead of losing its connection");
        }

        private void historyForSubscribers(Guarantee guarantee, String why) {
            if (guarantee.keepsHistory()) {
                on("allow_history_for_subscriber", why);
            }
        }

        private void presence(String why) {
            on("presence", why);
            on("allow_presence_for_subscriber", "only those who are in it");
        }

        private void joinLeave(String why) {
            on("join_leave", why);
        }

        private Namespace named(String name, String about) {
            return new Namespace(name, about, settings);
        }
    }
}
