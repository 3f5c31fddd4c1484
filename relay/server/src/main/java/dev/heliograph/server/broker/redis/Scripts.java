package dev.heliograph.server.broker.redis;

import dev.heliograph.server.redis.Script;
import java.util.List;

/// The steps of the broker; what each takes and returns is at its top.
final class Scripts {

    static final Script PUBLISH = load("publish.lua");
    static final Script PUBLISH_ONCE = load("publish_once.lua");
    static final Script HISTORY = load("history.lua");
    static final Script PRESENCE = load("presence.lua");
    static final Script TENURE = load("tenure.lua");

    static final List<Script> ALL = List.of(PUBLISH, PUBLISH_ONCE, HISTORY, PRESENCE, TENURE);

    private Scripts() {}

    private static Script load(String file) {
        return Script.load(Scripts.class, file);
    }
}
