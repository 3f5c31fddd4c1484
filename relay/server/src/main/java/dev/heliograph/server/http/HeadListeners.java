package dev.heliograph.server.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.util.List;

/// Several listeners as one: Helidon's own way of joining them does not pass heads on.
public record HeadListeners(List<Http1ConnectionListener> all) implements Http1ConnectionListener {

    @Override
    public void data(ConnectionContext context, BufferData data) {
        all.forEach(each -> each.data(context, data));
    }

    @Override
    public void data(ConnectionContext context, byte[] bytes, int position, int length) {
        all.forEach(each -> each.data(context, bytes, position, length));
    }

    @Override
    public void prologue(ConnectionContext context, HttpPrologue prologue) {
        all.forEach(each -> each.prologue(context, prologue));
    }

    @Override
    public void headers(ConnectionContext context, Headers headers) {
        all.forEach(each -> each.headers(context, headers));
    }
}
