package dev.heliograph.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heliograph.server.control.AuditEntry;
import dev.heliograph.server.control.AuditPage;
import dev.heliograph.server.control.AuditQuery;
import dev.heliograph.server.control.Control;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.websocket.WsUpgradeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What an operator watches, live: `GET /v1/stream?topics=nodes,audit`. Each message is an object with a `type`.
/// Nothing is looked at that nobody watches.
final class LiveStream extends LiveSocket {

    /// What can be watched.
    enum Topic {
        /// The nodes, each second.
        NODES,
        /// New lines of the audit record.
        AUDIT;

        static Set<Topic> parse(String text) {
            Set<Topic> topics = EnumSet.noneOf(Topic.class);
            for (String name : text.split(",")) {
                String word = name.strip();
                topics.add(Arrays.stream(values())
                        .filter(each -> each.text().equals(word))
                        .findAny()
                        .orElseThrow(() -> AdminException.invalid("there is no topic '" + word + "'; there are "
                                + Arrays.stream(values()).map(Topic::text).collect(Collectors.joining(", ")))));
            }
            return topics;
        }

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    record NodesMessage(String type, List<Nodes.NodeRow> nodes) {}

    record AuditMessage(String type, AuditLog.AuditRow entry) {}

    /// The first message.
    record Hello(String type, String operator, List<String> topics) {}

    private static final int AUDIT_PAGE = 100;

    /// Where it is served.
    static final String PATH = "/v1/stream";

    private static final String TOPICS = "topics";

    private final Authenticator authenticator;
    private final Nodes nodes;
    private final Control control;
    private final Set<LiveStream> open;
    private String operator = "";
    private Set<Topic> topics = Set.of();

    /// The newest line that was shown, null before the first look.
    private @Nullable String lastAudit;

    /// @param open has those that are open
    LiveStream(Authenticator authenticator, Nodes nodes, Control control, Set<LiveStream> open) {
        this.authenticator = authenticator;
        this.nodes = nodes;
        this.control = control;
        this.open = open;
    }

    /// Refuses what cannot be watched, while an answer can still say why.
    ///
    /// @throws AdminException for a topic that is none, or that the operator may not see
    static void check(Operator operator, String topics) {
        if (Topic.parse(topics).contains(Topic.AUDIT) && !operator.role().allows(Role.OPERATOR)) {
            throw AdminException.forbidden("the topic audit needs the role operator");
        }
    }

    /// A listener does not see what the filter found out: it asks again.
    @Override
    public Optional<Headers> onHttpUpgrade(HttpPrologue prologue, Headers headers) throws WsUpgradeException {
        try {
            operator = authenticator.authenticate(AdminApi.bearer(headers), "").name();
            topics = Topic.parse(prologue.query().first(TOPICS).orElse(""));
            return Optional.empty();
        } catch (AdminException e) {
            throw new WsUpgradeException(e.text());
        }
    }

    @Override
    void opened() {
        open.add(this);
        send(new Hello("hello", operator, topics.stream().map(Topic::text).toList()));
    }

    @Override
    void tick() {
        if (topics.contains(Topic.NODES)) {
            send(new NodesMessage("nodes", nodes.list().nodes()));
        }
        if (topics.contains(Topic.AUDIT)) {
            audit();
        }
    }

    private void audit() {
        AuditPage page = control.audit(new AuditQuery(0, 0, "", "", "", "", lastAudit == null ? 1 : AUDIT_PAGE));
        List<AuditEntry> fresh = new ArrayList<>();
        for (AuditEntry entry : page.entries()) {
            if (entry.id().equals(lastAudit)) {
                break;
            }
            fresh.addFirst(entry);
        }
        boolean first = lastAudit == null;
        lastAudit = page.entries().isEmpty() ? "" : page.entries().getFirst().id();
        if (!first) {
            fresh.forEach(entry -> send(new AuditMessage("audit", AuditLog.AuditRow.of(entry))));
        }
    }

    @Override
    void received(JsonNode message) {
        throw AdminException.invalid("nothing is expected from the client");
    }

    @Override
    void closed() {
        open.remove(this);
    }
}
