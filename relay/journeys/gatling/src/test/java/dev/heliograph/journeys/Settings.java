package dev.heliograph.journeys;

import java.time.Duration;
import java.util.Map;

/// Where the relay is and how much is asked of it: from the environment, as the other tools have it
/// (docs/load-tools.md).
///
/// @param url the WebSocket endpoint
/// @param api the HTTP API, without the name of a method
/// @param apiKey what a back end shows to publish
/// @param tokens the tokens that users connect with
/// @param feed a channel that only the back end writes
/// @param room a channel that users write, whose namespace has recovery
/// @param duration how long subscribers stay and new publications and visits begin
/// @param subscribers how many listen to the feed
/// @param publishRate publications to the feed that begin in a second
/// @param visitRate visits of the room that begin in a second
record Settings(
        String url,
        String api,
        String apiKey,
        Tokens tokens,
        String feed,
        String room,
        Duration duration,
        int subscribers,
        int publishRate,
        int visitRate) {

    /// @throws IllegalArgumentException if a variable is missing or not what it should be
    static Settings fromEnvironment() {
        Map<String, String> environment = System.getenv();
        return new Settings(
                required(environment, "JOURNEY_URL"),
                required(environment, "JOURNEY_API"),
                required(environment, "JOURNEY_API_KEY"),
                environment.containsKey("JOURNEY_TOKEN")
                        ? Tokens.always(environment.get("JOURNEY_TOKEN"))
                        : Tokens.signedWith(required(environment, "JOURNEY_SECRET")),
                environment.getOrDefault("JOURNEY_FEED", "feed:news"),
                environment.getOrDefault("JOURNEY_ROOM", "chat:lobby"),
                Duration.ofSeconds(number(environment, "JOURNEY_SECONDS", 20)),
                number(environment, "JOURNEY_SUBSCRIBERS", 20),
                number(environment, "JOURNEY_RATE", 10),
                number(environment, "JOURNEY_VISITS", 1));
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("set " + name + " in the environment: see docs/load-tools.md");
        }
        return value;
    }

    private static int number(Map<String, String> environment, String name, int fallback) {
        String value = environment.getOrDefault(name, Integer.toString(fallback));
        if (!value.matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException(name + " is " + value + ": it should be a whole number from 1");
        }
        return Integer.parseInt(value);
    }
}
