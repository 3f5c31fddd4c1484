package dev.heliograph.journeys;

import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.ws;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.CheckBuilder;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import io.gatling.javaapi.http.WsFrameCheck;
import java.util.ArrayList;
import java.util.List;

/// The commands that the journeys have in common. Each wait for a reply takes any frame with its id, so that an error
/// fails the
/// check at once; that works since a relay puts one message into a frame.
final class Commands {

    /// The longest that a reply may take, in seconds.
    static final long PATIENCE = 5;

    private Commands() {}

    /// Opens a connection and says who it is: the session's `token`. Names of requests end with `suffix`.
    static ChainBuilder connect(Settings settings, String suffix) {
        return exec(
                ws("open" + suffix).connect(settings.url()),
                ws("send connect" + suffix)
                        .sendText("""
                                {"id":1,"connect":{"token":"#{token}","name":"gatling"}}""")
                        .await(PATIENCE)
                        .on(reply(
                                "connected" + suffix,
                                1,
                                jsonPath("$.connect.client").exists())));
    }

    /// Has the API publish, which answers 200 for errors, too.
    static HttpRequestActionBuilder publish(Settings settings, String name, String channel, String data) {
        return http(name)
                .post(settings.api() + "/publish")
                .header("X-API-Key", settings.apiKey())
                .header("Content-Type", "application/json")
                .body(io.gatling.javaapi.core.CoreDsl.StringBody("""
                        {"channel":"%s","data":%s}""".formatted(channel, data)))
                .check(jsonPath("$.result.offset").exists());
    }

    /// Takes the reply with this id, and checks it.
    static WsFrameCheck.Text reply(String name, int id, CheckBuilder... checks) {
        List<CheckBuilder> all =
                new ArrayList<>(List.of(jsonPath("$.error.message").notExists()));
        all.addAll(List.of(checks));
        return ws.checkTextMessage(name)
                .matching(jsonPath("$.id").is(Integer.toString(id)))
                .check(all);
    }
}
