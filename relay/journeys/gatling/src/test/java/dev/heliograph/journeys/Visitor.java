package dev.heliograph.journeys;

import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.regex;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.ws;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/// 3. A user comes to a room, talks, loses the connection, comes back, and gets what was missed.
final class Visitor {

    private static final int MESSAGES = 4;
    private static final Duration THINK = Duration.ofMillis(500);

    private Visitor() {}

    static ScenarioBuilder journey(Settings settings) {
        return scenario("visitor")
                .exec(session -> {
                    String visit = "gatling-" + UUID.randomUUID();
                    return session.set("visit", visit)
                            .set("token", settings.tokens().of(visit));
                })
                .exec(Commands.connect(settings, ""))
                .exitHereIfFailed()
                .exec(ws("send subscribe")
                        .sendText("""
                                {"id":2,"subscribe":{"channel":"%s"}}""".formatted(settings.room()))
                        .await(Commands.PATIENCE)
                        .on(Commands.reply(
                                "subscribed", 2, jsonPath("$.subscribe.epoch").saveAs("epoch"))))
                .exitHereIfFailed()
                .repeat(MESSAGES, "n")
                .on(exec(say(settings, "#{visit}/#{n}")).pause(THINK))
                .exitHereIfFailed()
                // Its own last message is the position that it comes back from; what the room hears after that, it
                // misses.
                .exec(ws("drop").close())
                .exec(Commands.publish(settings, "publish while away", settings.room(), """
                                {"id":"#{visit}/missed"}"""))
                .exec(Commands.connect(settings, " again"))
                .exitHereIfFailed()
                .exec(ws("send recover")
                        .sendText("""
                                {"id":2,"subscribe":{"channel":"%s","recover":true,"epoch":"#{epoch}","offset":#{offset}}}""".formatted(settings.room()))
                        .await(Commands.PATIENCE)
                        .on(Commands.reply(
                                "recovered",
                                2,
                                jsonPath("$.subscribe.recovered").is("true"),
                                jsonPath("$.subscribe.publications[*].data.id")
                                        .findAll()
                                        .transformWithSession(
                                                (ids, session) -> ids.contains(session.getString("visit") + "/missed"))
                                        .is(true),
                                jsonPath("$.subscribe.publications[*].offset")
                                        .ofLong()
                                        .findAll()
                                        .transformWithSession(Visitor::follow)
                                        .is(true))))
                .exitHereIfFailed()
                .exec(say(settings, "#{visit}/back"))
                .exec(ws("leave").close());
    }

    /// Publishes, and waits until the own message is there; that is the response time of `round trip`. The reply to the
    /// command
    /// may come before or after it, so nobody waits for that, unless it is an error.
    private static ChainBuilder say(Settings settings, String id) {
        return exec(ws("send publish")
                .sendText("""
                        {"id":3,"publish":{"channel":"%s","data":{"id":"%s"}}}""".formatted(settings.room(), id))
                .await(Commands.PATIENCE)
                .on(ws.checkTextMessage("round trip")
                        .matching(regex("\"id\":\"" + id + "\"|\"id\":3,\"error\""))
                        .check(jsonPath("$.push.pub.offset").ofLong().saveAs("offset"))));
    }

    private static boolean follow(List<Long> offsets, Session session) {
        long last = session.getLong("offset");
        for (long each : offsets) {
            if (each != last + 1) {
                return false;
            }
            last = each;
        }
        return true;
    }
}
