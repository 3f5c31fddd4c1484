package dev.heliograph.console.desktop.connections;

import dev.heliograph.console.api.AdminApi;
import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.desktop.testing.Fakes;
import dev.heliograph.console.desktop.testing.Toolkit;
import dev.heliograph.console.wire.ConnectionList;
import dev.heliograph.console.wire.ConnectionRow;
import dev.heliograph.console.wire.ConnectionView;
import dev.heliograph.console.wire.EventKind;
import dev.heliograph.console.wire.EventRow;
import dev.heliograph.console.wire.GroupList;
import dev.heliograph.console.wire.GroupRow;
import dev.heliograph.console.wire.OperationList;
import dev.heliograph.console.wire.OperationRow;
import dev.heliograph.console.wire.OperationState;
import dev.heliograph.console.wire.SubscriptionRow;
import dev.heliograph.console.workspace.Workspace;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// A cluster whose answers are always the same, for pictures.
final class ScriptedCluster {

    private static final long NOW = Toolkit.CLOCK.millis();

    private final Map<String, Supplier<Object>> answers = new ConcurrentHashMap<>();
    private final Workspace workspace = Fakes.workspace(api(), Toolkit.CLOCK);

    ScriptedCluster() {
        List<ConnectionRow> rows = rows();
        answers.put("connections", () -> new ConnectionList(rows, 14_962, "next", List.of()));
        answers.put("groups", ScriptedCluster::groups);
        answers.put("disconnects", () -> new OperationList(List.of()));
        answers.put("connection", () -> view(rows.get(3)));
    }

    Workspace workspace() {
        return workspace;
    }

    void empty() {
        answers.put("connections", () -> new ConnectionList(List.of(), 0, null, List.of()));
    }

    void fail(String operation, AdminException.Kind kind, String sentence) {
        answers.put(operation, () -> {
            throw new AdminException(kind, sentence);
        });
    }

    void missing() {
        List<ConnectionRow> rows = rows();
        answers.put(
                "connections", () -> new ConnectionList(rows, 9_871, "next", List.of("relay-3: no answer within 3 s")));
    }

    void running() {
        answers.put(
                "disconnects",
                () -> new OperationList(List.of(
                        operation("3f1c", OperationState.RUNNING, 121, 312, 0, List.of()),
                        operation("77aa", OperationState.CANCELLED, 40, 500, 4_000, List.of()))));
    }

    private static OperationRow operation(
            String id, OperationState state, int told, int selected, long endedBefore, List<String> failures) {
        return new OperationRow(
                id,
                state,
                "ann",
                3_011,
                "",
                50,
                selected,
                selected,
                told,
                0,
                failures,
                NOW - 10_000,
                state == OperationState.RUNNING ? null : NOW - endedBefore,
                state == OperationState.RUNNING ? 4_000 : 0);
    }

    private AdminApi api() {
        return (AdminApi) Proxy.newProxyInstance(
                AdminApi.class.getClassLoader(), new Class<?>[] {AdminApi.class}, (_, method, arguments) -> {
                    Supplier<Object> answer = answers.get(method.getName());
                    if (answer == null) {
                        throw new AssertionError(
                                "not expected: " + method.getName() + List.of(arguments == null ? "" : arguments));
                    }
                    return answer.get();
                });
    }

    private static List<ConnectionRow> rows() {
        Random random = new Random(14);
        String[] users = {"alice", "bob", "carol", "dave", "", "erin@example.com", "frank", "grace"};
        List<ConnectionRow> rows = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            boolean noisy = i < 6;
            long age = random.nextInt(4_000_000);
            double out = Math.round(random.nextDouble() * 200) / 10.0;
            rows.add(new ConnectionRow(
                    "c0ffee%02d-6a1e-4b3f-9d55-0242ac1200%02d".formatted(i, i),
                    users[random.nextInt(users.length)],
                    noisy ? "203.0.113." + (7 + i) : "198.51.100." + random.nextInt(250),
                    "relay-" + (1 + i % 3),
                    "id-" + (1 + i % 3),
                    i % 3 == 2 ? "green" : "blue",
                    i % 4 == 0 ? "java" : "js",
                    i % 4 == 0 ? "0.4.5" : "5.3." + random.nextInt(5),
                    i % 2 == 0 ? "json" : "protobuf",
                    "websocket",
                    false,
                    NOW - age,
                    NOW - age,
                    NOW + 3_600_000,
                    1 + random.nextInt(4),
                    noisy ? 90_000 + 100_000L * i : random.nextInt(900),
                    random.nextInt(2_000),
                    random.nextInt(90_000),
                    random.nextInt(2_000_000),
                    random.nextInt(90_000_000),
                    noisy ? 118 + i : Math.round(random.nextDouble() * 20) / 10.0,
                    out,
                    out * 120,
                    out * 1_300,
                    1_000,
                    i % 17 == 16 ? null : 3 + random.nextInt(90),
                    random.nextInt(60_000),
                    i == 1));
        }
        return rows;
    }

    private static GroupList groups() {
        List<GroupRow> groups = List.of(
                new GroupRow("203.0.113.0/24", 312, 44_100_000, 36_816, 940, 4_400_000, 120_000),
                new GroupRow("198.51.100.0/24", 9_120, 120_000, 880, 91_200, 95_000, 11_800_000),
                new GroupRow("192.0.2.0/24", 4_410, 88_000, 431, 44_100, 46_000, 5_700_000),
                new GroupRow("2001:db8:7::/48", 820, 9_000, 79, 8_200, 8_800, 1_060_000));
        return new GroupList(
                groups, 41, new GroupRow("", 300, 1_000, 22, 3_000, 2_600, 390_000), 14_962, true, List.of());
    }

    private static ConnectionView view(ConnectionRow row) {
        return new ConnectionView(
                row,
                null,
                List.of(
                        new SubscriptionRow("chat:lobby", false, true, true, false, null),
                        new SubscriptionRow("news:sport", false, true, false, false, null),
                        new SubscriptionRow("personal:#" + row.user(), true, false, false, false, null)),
                List.of(
                        new EventRow(row.openedAt(), EventKind.HANDSHAKE, null, "js 5.3.1 from " + row.ip(), ""),
                        new EventRow(row.connectedAt() + 12, EventKind.CONNECT, null, "", ""),
                        new EventRow(row.connectedAt() + 40, EventKind.SUBSCRIBE, null, "chat:lobby", ""),
                        new EventRow(row.connectedAt() + 60, EventKind.SUBSCRIBE, null, "news:sport", ""),
                        new EventRow(NOW - 60_000, EventKind.ERROR, 103, "permission denied: admin:log", ""),
                        new EventRow(NOW - 5_000, EventKind.REFRESH, null, "", "")),
                List.of());
    }
}
