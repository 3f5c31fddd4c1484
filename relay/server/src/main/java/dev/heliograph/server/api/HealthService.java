package dev.heliograph.server.api;

import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerResponse;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;

/// What supervisors and load balancers ask.
///
/// - `/health/live`: 200 as long as the process serves requests.
/// - `/health/ready`: 200 if the node is to get new connections, else 503: while it ends, and while it can serve no
///   channel at all. A node that can serve some of them is ready, since no other one could serve more. `channels` is
///   `up`, `partly` or `down`.
/// - `/health/balancer`: 200 where `/health/ready` says so, else 404, which HAProxy takes for "no new ones, and leave
///   those that are there" (`http-check disable-on-404`). So a load balancer can cut off what it has on a node that
///   answers nothing at all (`on-marked-down shutdown-sessions`), and on no other.
public final class HealthService implements HttpService {

    private enum Channels {
        UP,
        PARTLY,
        DOWN;

        static Channels of(double availability) {
            return availability >= 1 ? UP : availability > 0 ? PARTLY : DOWN;
        }
    }

    private final BooleanSupplier serving;
    private final DoubleSupplier availability;

    /// @param serving      whether the node has started, and does not end
    /// @param availability of the broker
    public HealthService(BooleanSupplier serving, DoubleSupplier availability) {
        this.serving = serving;
        this.availability = availability;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/live", (_, response) -> answer(response, Status.OK_200, "{\"status\":\"up\"}"))
                .get("/ready", (_, response) -> ready(response, Status.SERVICE_UNAVAILABLE_503))
                .get("/balancer", (_, response) -> ready(response, Status.NOT_FOUND_404));
    }

    private void ready(ServerResponse response, Status unready) {
        Channels channels = Channels.of(availability.getAsDouble());
        boolean up = serving.getAsBoolean() && channels != Channels.DOWN;
        answer(
                response,
                up ? Status.OK_200 : unready,
                "{\"status\":\"%s\",\"channels\":\"%s\"}"
                        .formatted(up ? "up" : "down", channels.name().toLowerCase(Locale.ROOT)));
    }

    private static void answer(ServerResponse response, Status status, String body) {
        response.status(status);
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send(body);
    }
}
