package dev.heliograph.journeys;

import static io.gatling.javaapi.core.CoreDsl.dummy;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.foreach;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.ws;

import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import java.util.concurrent.atomic.LongAdder;

/// 1. Listens to the feed for some time and leaves.
///
/// Gatling keeps the frames that no check waits for; once a second they are looked at. Pings it answers itself.
final class Subscriber {

    private Subscriber() {}

    /// @param pings counts the pings that came
    static ScenarioBuilder journey(Settings settings, LongAdder pings) {
        return scenario("subscriber")
                .exec(session -> session.set("token", settings.tokens().of("subscriber-" + session.userId())))
                .exec(Commands.connect(settings, ""))
                .exitHereIfFailed()
                .exec(ws("send subscribe")
                        .sendText("""
                                {"id":2,"subscribe":{"channel":"%s"}}""".formatted(settings.feed()))
                        .await(Commands.PATIENCE)
                        .on(Commands.reply(
                                "subscribed",
                                2,
                                jsonPath("$.subscribe").exists(),
                                // Left out where it is 0.
                                jsonPath("$.subscribe.offset")
                                        .ofLong()
                                        .withDefault(0L)
                                        .saveAs("offset"))))
                .exitHereIfFailed()
                .exec(session -> session.set("heard", Heard.from(session.getLong("offset"))))
                .during(settings.duration())
                .on(
                        pause(1),
                        ws.processUnmatchedMessages((frames, session) ->
                                session.set("heard", heard(session).and(frames))),
                        // A request in the report for each, as if it had taken that long.
                        foreach(session -> heard(session).delays(), "delay")
                                .on(dummy("delivery", session -> session.getInt("delay"))))
                .exec(session -> {
                    pings.add(heard(session).pings());
                    return session;
                })
                .exec(dummy("in order, without gaps", 0)
                        .withSuccess(session -> heard(session).inOrder()))
                .exec(ws("send unsubscribe")
                        .sendText("""
                                {"id":3,"unsubscribe":{"channel":"%s"}}""".formatted(settings.feed()))
                        .await(Commands.PATIENCE)
                        .on(Commands.reply("unsubscribed", 3)))
                .exec(exec(ws("leave").close()));
    }

    private static Heard heard(Session session) {
        Heard heard = session.get("heard");
        if (heard == null) {
            throw new IllegalStateException("nothing is heard before the subscription");
        }
        return heard;
    }
}
