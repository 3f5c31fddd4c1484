package dev.heliograph.server.api;

import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerResponse;
import java.util.function.BooleanSupplier;

/// `/health/live`: the process serves requests. `/health/ready`: it is to get new connections.
public final class HealthService implements HttpService {

    private final BooleanSupplier ready;

    public HealthService(BooleanSupplier ready) {
        this.ready = ready;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/live", (_, response) -> answer(response, true))
                .get("/ready", (_, response) -> answer(response, ready.getAsBoolean()));
    }

    private static void answer(ServerResponse response, boolean up) {
        response.status(up ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503);
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send(up ? "{\"status\":\"up\"}" : "{\"status\":\"down\"}");
    }
}
