package dev.heliograph.server;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/// The page of `make demo`: files of the class path folder `/demo`, by their names alone.
final class DemoPage implements HttpService {

    /// What is served, and as what: nothing else is, so no path can leave the folder.
    private static final Map<String, String> FILES = Map.of(
            "index.html", "text/html; charset=utf-8",
            "app.js", "text/javascript; charset=utf-8",
            "line.js", "text/javascript; charset=utf-8",
            "log.js", "text/javascript; charset=utf-8",
            "panel.js", "text/javascript; charset=utf-8",
            "style.css", "text/css; charset=utf-8",
            "centrifuge.js", "text/javascript; charset=utf-8",
            "icon.svg", "image/svg+xml");

    @Override
    public void routing(HttpRules rules) {
        rules.get("/", (request, response) -> send("index.html", response)).get("/{file}", this::file);
    }

    private void file(ServerRequest request, ServerResponse response) {
        send(request.path().pathParameters().get("file"), response);
    }

    private static void send(String name, ServerResponse response) {
        String type = FILES.get(name);
        if (type == null) {
            response.next();
            return;
        }
        try (InputStream in = DemoPage.class.getResourceAsStream("/demo/" + name)) {
            if (in == null) {
                response.status(Status.NOT_FOUND_404).send(name + " is not part of this build");
                return;
            }
            response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, type));
            response.header(HeaderValues.create(HeaderNames.CACHE_CONTROL, "no-cache"));
            response.send(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
