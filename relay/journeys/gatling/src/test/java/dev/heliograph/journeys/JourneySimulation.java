package dev.heliograph.journeys;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;
import java.util.concurrent.atomic.LongAdder;

/// The three journeys together. Maven fails if an assertion does not hold, which is what tells that the relay failed.
public final class JourneySimulation extends Simulation {

    private final LongAdder pings = new LongAdder();

    public JourneySimulation() {
        Settings settings = Settings.fromEnvironment();
        // 2. A back end writes to the feed: one user each, so that each begins on time whatever became of those before.
        ScenarioBuilder backEnd = scenario("back end")
                .exec(session -> session.set("at", System.currentTimeMillis()))
                .exec(Commands.publish(settings, "publish", settings.feed(), """
                        {"at":#{at},"text":"news #{at}"}"""));
        setUp(
                        Subscriber.journey(settings, pings).injectOpen(atOnceUsers(settings.subscribers())),
                        backEnd.injectOpen(
                                constantUsersPerSec(settings.publishRate()).during(settings.duration())),
                        Visitor.journey(settings)
                                .injectOpen(constantUsersPerSec(settings.visitRate())
                                        .during(settings.duration())))
                .protocols(http
                        // What a subscriber may get from one look to the next.
                        .wsUnmatchedInboundMessageBufferSize(10_000)
                        .wsAutoReplyTextFrame(frame -> frame.equals("{}") ? "{}" : null)
                        // Not a page in a browser: a relay would look for its origin in client.allowed_origins.
                        .disableAutoOrigin()
                        .disableCaching()
                        .shareConnections())
                .assertions(
                        global().failedRequests().count().is(0L),
                        details("in order, without gaps")
                                .successfulRequests()
                                .count()
                                .is((long) settings.subscribers()),
                        details("unsubscribed").successfulRequests().count().is((long) settings.subscribers()),
                        details("delivery").successfulRequests().count().gt(0L),
                        details("publish").successfulRequests().count().gt(0L),
                        details("publish while away")
                                .successfulRequests()
                                .count()
                                .gt(0L),
                        details("round trip").successfulRequests().count().gt(0L),
                        details("recovered").successfulRequests().count().gt(0L));
    }

    @Override
    public void after() {
        System.out.println("pings answered: " + pings.sum());
    }
}
