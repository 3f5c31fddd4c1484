package dev.heliograph.server.connections;

import dev.heliograph.server.session.Session;

/// A session of this node, and what was read of it.
record Member(Row row, Session session) {

    boolean is(Filter filter) {
        return filter.test(row, session::subscribed);
    }
}
