package dev.heliograph.console.testing;

import dev.heliograph.console.action.Gate;
import dev.heliograph.console.action.Journal;
import dev.heliograph.console.action.Role;
import dev.heliograph.console.value.Value;
import dev.heliograph.console.wire.WhoAmI;
import dev.heliograph.console.workspace.LinkState;
import dev.heliograph.console.workspace.Workspace;
import java.net.URI;
import java.util.Optional;

/// A workspace of a cluster `demo` that is what the test says; the operator `ann` has the role operator.
public final class TestWorkspace {

    public final TestApi api = new TestApi();
    public final TestFeed feed = new TestFeed();
    public final TestBackground background = new TestBackground();
    public final TestClock clock = new TestClock();
    public final Gate gate = new Gate("demo", clock);
    public final Value<LinkState> link = new Value<>(
            new LinkState.Live(URI.create("http://127.0.0.1:8010"), new WhoAmI("ann", "operator", "127.0.0.1")));

    public TestWorkspace() {
        role(Role.OPERATOR);
    }

    public void role(Role role) {
        gate.role().set(Optional.of(role));
    }

    public Workspace workspace() {
        return new Workspace("demo", api.api(), feed, link, gate, new Journal(clock), background, clock);
    }
}
