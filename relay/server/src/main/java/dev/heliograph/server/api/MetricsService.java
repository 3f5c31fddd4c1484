package dev.heliograph.server.api;

import dev.heliograph.server.observe.Instruments;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.concurrent.Semaphore;

/// What Prometheus scrapes: `GET /metrics`, as OpenMetrics for who accepts it, else as Prometheus text. Two at a time;
/// more get 503, so that a flood of scrapes cannot take the processors from the clients.
public final class MetricsService implements HttpService {

    private final Instruments instruments;
    private final Semaphore scrapes = new Semaphore(2);

    public MetricsService(Instruments instruments) {
        this.instruments = instruments;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/", this::scrape);
    }

    private void scrape(ServerRequest request, ServerResponse response) {
        if (!scrapes.tryAcquire()) {
            response.status(Status.SERVICE_UNAVAILABLE_503).send();
            return;
        }
        try {
            Instruments.Exposition exposition =
                    instruments.expose(String.join(",", request.headers().values(HeaderNames.ACCEPT)));
            response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, exposition.contentType()));
            response.send(exposition.body());
        } finally {
            scrapes.release();
        }
    }
}
