package dev.heliograph.server.control.redis;

import dev.heliograph.server.redis.Script;
import java.util.List;

/// The steps of the store; what each takes and returns is at its top.
final class Scripts {

    static final Script COMMIT = load("commit.lua");
    static final Script STAGE = load("stage.lua");
    static final Script CHANGES = load("changes.lua");
    static final Script TENURE = load("tenure.lua");

    static final List<Script> ALL = List.of(COMMIT, STAGE, CHANGES, TENURE);

    private Scripts() {}

    private static Script load(String file) {
        return Script.load(Scripts.class, file);
    }
}
