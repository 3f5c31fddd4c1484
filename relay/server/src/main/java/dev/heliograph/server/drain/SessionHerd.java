package dev.heliograph.server.drain;

import dev.heliograph.protocol.DisconnectCode;
import dev.heliograph.server.session.Session;
import dev.heliograph.server.session.SessionControl;
import dev.heliograph.server.session.Sessions;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Set;
import java.util.function.IntSupplier;

/// Asks sessions in the order of the hashes of their random ids: event loops, users and ages are mixed in every stretch
/// of it.
final class SessionHerd implements Herd {

    private final Sessions sessions;
    private final IntSupplier connections;
    private final Set<Session> asked = Collections.newSetFromMap(new IdentityHashMap<>());
    private Iterator<Session> round = Collections.emptyIterator();

    SessionHerd(Sessions sessions, IntSupplier connections) {
        this.sessions = sessions;
        this.connections = connections;
    }

    @Override
    public boolean moveNext() {
        if (!round.hasNext()) {
            round = sessions.all().iterator();
        }
        while (round.hasNext()) {
            Session session = round.next();
            if (asked.add(session)) {
                session.whenConnected(SessionHerd::reconnect);
                return true;
            }
        }
        return false;
    }

    private static void reconnect(SessionControl session) {
        session.disconnect(DisconnectCode.SHUTDOWN.disconnect());
    }

    @Override
    public void release() {
        asked.clear();
        round = Collections.emptyIterator();
    }

    @Override
    public int size() {
        return connections.getAsInt();
    }
}
