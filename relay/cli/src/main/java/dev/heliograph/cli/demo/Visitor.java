package dev.heliograph.cli.demo;

import dev.heliograph.client.HeliographClient;
import dev.heliograph.protocol.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// A user of the demo: is in a room or two, often in the lobby, follows some prices, says something now and
/// then. One in three is on a phone and comes and goes. What it does it does on the thread of its crowd.
final class Visitor implements AutoCloseable {

    private static final List<String> NAMES = List.of(
            "ada", "ben", "chen", "dora", "emre", "fay", "goran", "hana", "ines", "jonas", "kofi", "lena", "mina",
            "nils", "olga", "pedro", "quinn", "rosa", "sami", "tara", "uma", "viktor", "wanda", "xenia", "yusuf",
            "zoe");

    private static final List<String> WORDS = List.of(
            "good morning",
            "anyone here for the meeting?",
            "see you at six",
            "that was quick",
            "can you send it again?",
            "on my way",
            "thanks!",
            "no, the other one",
            "just saw it",
            "let us try tomorrow",
            "works for me",
            "who is next?");

    private enum App {
        WEB("web", "3.5.0", "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"),
        OLD_WEB("web", "3.4.1", "Mozilla/5.0 (Windows NT 10.0) Chrome/128.0"),
        IOS("ios", "7.1", "Heliochat/7.1 iOS/19.0"),
        ANDROID("android", "7.0", "Heliochat/7.0 Android/16");

        private final String name;
        private final String version;
        private final String agent;

        App(String name, String version, String agent) {
            this.name = name;
            this.version = version;
            this.agent = agent;
        }
    }

    private static final int ROOMS = 12;
    private static final Duration SPEAKS = Duration.ofSeconds(25);
    private static final Duration STAYS = Duration.ofMinutes(3);
    private static final Duration AWAY = Duration.ofSeconds(8);

    private final Crowd crowd;
    private final int number;
    private final String user;
    private final App app;
    private final List<String> chats = new ArrayList<>();
    private final List<String> prices = new ArrayList<>();
    private volatile @Nullable HeliographClient client;

    /// @param number from 0
    Visitor(Crowd crowd, int number) {
        this.crowd = crowd;
        this.number = number;
        this.user = NAMES.get(number % NAMES.size()) + "-" + (1 + number / NAMES.size());
        this.app = App.values()[number % App.values().length];
        chats.add("chat:room-" + (1 + number % ROOMS));
        if (number % 4 == 0) {
            chats.add("chat:lobby");
        }
        if (number % 4 == 1) {
            chats.add("chat:room-" + (1 + number / 3 % ROOMS));
        }
        if (number % 2 == 0) {
            prices.add("ticks:" + Prices.SYMBOLS.get(number / 2 % Prices.SYMBOLS.size()));
        }
    }

    void arrive() {
        HeliographClient came = HeliographClient.builder(crowd.endpoint())
                .sockets(crowd.sockets())
                .token(() -> crowd.issuer()
                        .connection(user)
                        .expiresIn(Duration.ofHours(1))
                        .sign())
                .name(app.name)
                .version(app.version)
                .header("User-Agent", app.agent)
                .header(Networks.HEADER, Networks.home(number))
                .build();
        client = came;
        // What fails is tried again by the client.
        for (String channel : chats) {
            var _ = came.subscription(channel).subscribe();
        }
        for (String channel : prices) {
            var _ = came.subscription(channel).subscribe();
        }
        var _ = came.connect();
        crowd.after(crowd.about(SPEAKS), () -> speak(came));
        if (number % 3 == 1) {
            crowd.after(crowd.about(STAYS), this::leave);
        }
    }

    private void speak(HeliographClient as) {
        if (as != client) {
            return;
        }
        Random random = crowd.random();
        String channel = chats.get(random.nextInt(chats.size()));
        String text = "{\"name\":\"%s\",\"text\":\"%s\"}".formatted(user, WORDS.get(random.nextInt(WORDS.size())));
        // Whether it arrives nobody asks; a user that is offline says it later.
        var _ = as.publish(channel, Bytes.utf8(text));
        crowd.after(crowd.about(SPEAKS), () -> speak(as));
    }

    private void leave() {
        close();
        crowd.after(crowd.about(AWAY), this::arrive);
    }

    @Override
    public void close() {
        HeliographClient gone = client;
        client = null;
        if (gone != null) {
            gone.close();
        }
    }
}
