package dev.heliograph.console.desktop.testing;

import dev.heliograph.console.action.Gate;
import dev.heliograph.console.action.Journal;
import dev.heliograph.console.api.AdminApi;
import dev.heliograph.console.api.LiveFeed;
import dev.heliograph.console.value.Value;
import dev.heliograph.console.wire.WhoAmI;
import dev.heliograph.console.workspace.LinkState;
import dev.heliograph.console.workspace.VirtualBackground;
import dev.heliograph.console.workspace.Workspace;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Clock;

/// A workspace without a cluster.
public final class Fakes {

    /// The state of the link when all is well.
    public static final LinkState LIVE =
            new LinkState.Live(URI.create("http://10.0.0.1:9100"), new WhoAmI("ann", "operator", "10.0.0.9"));

    private Fakes() {}

    /// A cluster `demo` that answers nothing and tells nothing.
    public static Workspace workspace() {
        return workspace(api(), Toolkit.CLOCK);
    }

    public static Workspace workspace(AdminApi api, Clock clock) {
        return workspace(api, (_, _) -> () -> {}, clock);
    }

    public static Workspace workspace(AdminApi api, LiveFeed live, Clock clock) {
        return new Workspace(
                "demo",
                api,
                live,
                new Value<>(LIVE),
                new Gate("demo", clock),
                new Journal(clock),
                new VirtualBackground(),
                clock);
    }

    /// An API whose operations all fail the test that calls them.
    public static AdminApi api() {
        return (AdminApi) Proxy.newProxyInstance(
                AdminApi.class.getClassLoader(), new Class<?>[] {AdminApi.class}, (_, method, _) -> {
                    throw new AssertionError("not expected: " + method.getName());
                });
    }
}
