package dev.heliograph.console.alerts;

import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.action.Proposal.Outcome;
import dev.heliograph.console.action.Proposal.Undo;
import dev.heliograph.console.action.Proposal.Work;
import dev.heliograph.console.alerts.AlertsState.Picture;
import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.value.Loaded;
import dev.heliograph.console.value.Value;
import dev.heliograph.console.value.Watch;
import dev.heliograph.console.workspace.LinkState;
import dev.heliograph.console.workspace.PageModel;
import dev.heliograph.console.workspace.Workspace;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// The alerts of a cluster, asked for again and again while somebody looks. Threadsafe.
public final class AlertsModel implements PageModel {

    /// An Alertmanager groups for longer than that before it notifies anybody.
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /// As karma has it: long enough to look, short enough that nothing is forgotten.
    public static final Duration ACKNOWLEDGED_FOR = Duration.ofMinutes(15);

    private final Workspace workspace;
    private final Value<Optional<URI>> address;
    private final Function<URI, Alertmanager> connector;
    private final Value<AlertsState> state;
    private final Watch addresses;
    private volatile Watch polling = () -> {};

    /// @param address   of the Alertmanager; [#connect] sets it
    /// @param connector makes the client of one
    public AlertsModel(Workspace workspace, Value<Optional<URI>> address, Function<URI, Alertmanager> connector) {
        this.workspace = workspace;
        this.address = address;
        this.connector = connector;
        this.state = new Value<>(new AlertsState(address.get(), Loaded.nothing()));
        this.addresses = address.listen(next -> state.update(
                before -> before.address().equals(next) ? before : new AlertsState(next, Loaded.nothing())));
    }

    public Value<AlertsState> state() {
        return state;
    }

    /// From now on it asks, until [#hidden].
    @Override
    public void shown() {
        hidden();
        polling = workspace.background().every(PAUSE, this::refresh);
    }

    @Override
    public void hidden() {
        polling.close();
        polling = () -> {};
    }

    /// Asks now. Blocks.
    public void refresh() {
        Optional<URI> asked = address.get();
        if (asked.isEmpty()) {
            return;
        }
        update(asked.get(), Loaded::asking);
        try {
            Alertmanager alertmanager = connector.apply(asked.get());
            List<Silence> silences = alertmanager.silences().stream()
                    .sorted(Comparator.comparing(Silence::ends))
                    .toList();
            Picture picture = new Picture(
                    AlertGroup.of(alertmanager.alerts(), silences),
                    silences,
                    workspace.clock().instant());
            update(asked.get(), _ -> Loaded.of(picture));
        } catch (AdminException e) {
            update(asked.get(), before -> before.failed(e.sentence()));
        }
    }

    /// Unless another address was set meanwhile.
    private void update(URI asked, Function<Loaded<Picture>, Loaded<Picture>> change) {
        state.update(before -> before.address().filter(asked::equals).isPresent()
                ? new AlertsState(before.address(), change.apply(before.picture()))
                : before);
    }

    /// Tries an address, and takes it if an Alertmanager answers there.
    ///
    /// @return its version; fails with an [AdminException] or an [IllegalArgumentException]
    public CompletableFuture<String> connect(String text) {
        return workspace.background().call(() -> {
            URI uri = parse(text);
            String version = connector.apply(uri).version();
            address.set(Optional.of(uri));
            refresh();
            return version;
        });
    }

    /// Forgets the Alertmanager.
    public void disconnect() {
        address.set(Optional.empty());
    }

    private static URI parse(String text) {
        String spelled = text.strip();
        try {
            URI uri = URI.create(spelled.contains("://") ? spelled : "http://" + spelled);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getUserInfo() == null) {
                return uri;
            }
        } catch (IllegalArgumentException _) {
            // Said below, as for all that is no address.
        }
        throw new IllegalArgumentException(Messages.text("alerts.connect.address"));
    }

    /// Takes an alert on. Blocks.
    public Proposal acknowledge(AlertGroup group, String comment, Duration time) {
        return proposals().acknowledge(group, comment, time);
    }

    /// Silences alerts. Blocks.
    ///
    /// @throws IllegalArgumentException with a sentence if something is missing or no matcher
    public Proposal silence(String matchers, Instant ends, String comment) {
        return proposals().silence(Matcher.parse(matchers), ends, comment);
    }

    /// Ends a silence, or takes an acknowledgement back.
    public Proposal expire(Silence silence) {
        return proposals().expire(silence);
    }

    /// The same proposal; once it is performed or undone the Alertmanager is asked again.
    public Proposal refreshing(Proposal proposal) {
        return new Proposal(
                proposal.action(),
                proposal.title(),
                proposal.risk(),
                proposal.role(),
                proposal.parameters(),
                proposal.blast(),
                proposal.warnings(),
                refreshing(proposal.work()));
    }

    private Work refreshing(Work work) {
        return reason -> {
            Outcome outcome = work.perform(reason);
            refresh();
            return new Outcome(
                    outcome.sentence(), outcome.undo().map(undo -> new Undo(undo.title(), refreshing(undo.work()))));
        };
    }

    /// How many alerts of a name fire, for the checks of runbooks. Blocks.
    public long firing(String name) {
        URI uri = address.get()
                .orElseThrow(() -> new AdminException(AdminException.Kind.INVALID, Messages.text("alerts.none")));
        return connector.apply(uri).alerts().stream()
                .filter(alert -> alert.name().equals(name))
                .count();
    }

    private AlertProposals proposals() {
        URI uri = address.get()
                .orElseThrow(() -> new AdminException(AdminException.Kind.INVALID, Messages.text("alerts.none")));
        String operator = workspace.link().get() instanceof LinkState.Live live
                ? live.who().name()
                : "operator";
        return new AlertProposals(connector.apply(uri), operator, workspace.clock());
    }

    @Override
    public void close() {
        hidden();
        addresses.close();
    }
}
