package dev.heliograph.console.connect;

import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.api.AdminException.Kind;
import dev.heliograph.console.api.Certificates;
import dev.heliograph.console.api.Nodes;
import dev.heliograph.console.api.Trust;
import dev.heliograph.console.cluster.Profile;
import dev.heliograph.console.cluster.ProfileForm;
import dev.heliograph.console.cluster.Profiles;
import dev.heliograph.console.cluster.ProfilesException;
import dev.heliograph.console.cluster.TokenStoreException;
import dev.heliograph.console.cluster.Tokens;
import dev.heliograph.console.connect.ConnectState.Keeping;
import dev.heliograph.console.connect.ConnectState.Step;
import dev.heliograph.console.connect.ConnectState.Unconfirmed;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.value.Value;
import dev.heliograph.console.workspace.Background;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Chooses, adds and edits clusters, and connects to one: a cluster is opened when it has answered and
/// accepts the token, so that each thing that can be wrong is said here, once. Nothing is sent to a server
/// whose certificate waits to be confirmed. Threadsafe; no method blocks.
public final class ConnectModel implements AutoCloseable {

    private static final Duration CERTIFICATE = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final Profiles profiles;
    private final Tokens tokens;
    private final Background background;
    private final Consumer<Connection> opened;
    private final Value<ConnectState> state = new Value<>(ConnectState.FIRST);
    private final AtomicReference<Optional<Attempt>> attempt = new AtomicReference<>(Optional.empty());

    /// @param token    typed by the operator, or empty for the one that is kept
    /// @param remember whether a typed one is to be kept in the keyring
    private record Ask(Profile profile, Optional<String> token, boolean remember) {}

    private record Attempt(Ask ask, Future<?> work) {}

    /// @param opened is told of a cluster that can be opened, on a thread in the background
    public ConnectModel(Profiles profiles, Tokens tokens, Background background, Consumer<Connection> opened) {
        this.profiles = profiles;
        this.tokens = tokens;
        this.background = background;
        this.opened = opened;
    }

    public Value<ConnectState> state() {
        return state;
    }

    /// Reads the file of the clusters, and looks for a keyring.
    public void load() {
        var _ = background.call(() -> {
            show(profiles.load());
            Keeping keeping = new Keeping(tokens.canRemember(), tokens.where(true), tokens.where(false));
            state.update(now ->
                    new ConnectState(now.loaded(), now.clusters(), now.problem(), Optional.of(keeping), now.step()));
            return keeping;
        });
    }

    /// What is wrong with a form.
    ///
    /// @param edited the cluster that it is about; empty for a new one
    public ProfileForm.Checked check(ProfileForm form, Optional<Profile> edited) {
        Set<String> others = state.get().clusters().stream()
                .map(Profile::name)
                .filter(name ->
                        edited.filter(profile -> profile.name().equals(name)).isEmpty())
                .collect(Collectors.toSet());
        return form.check(edited, others);
    }

    /// Keeps a cluster.
    ///
    /// @param edited the one that it takes the place of
    public void save(Profile profile, Optional<Profile> edited) {
        change(() -> {
            Profiles.Loaded loaded = profiles.save(profile, edited.map(Profile::name));
            edited.filter(before -> !before.name().equals(profile.name()))
                    .ifPresent(before -> tokens.rename(before.name(), profile.name()));
            return loaded;
        });
    }

    /// Forgets a cluster and its token.
    public void remove(Profile profile) {
        change(() -> {
            Profiles.Loaded loaded = profiles.remove(profile.name());
            tokens.forget(profile.name());
            return loaded;
        });
    }

    /// Connects with the token that is kept, or asks for one.
    public void connect(Profile profile) {
        begin(new Ask(profile, Optional.empty(), false));
    }

    /// Connects with this token.
    public void connect(Profile profile, String token, boolean remember) {
        begin(new Ask(profile, Optional.of(token.strip()), remember));
    }

    /// The certificates that are shown are those of the cluster.
    public void confirm() {
        if (state.get().step() instanceof Step.Confirming(Profile profile, List<Unconfirmed> certificates)) {
            Map<String, String> pins = new HashMap<>();
            certificates.forEach(
                    each -> pins.put(each.shown().address(), each.shown().fingerprint()));
            Profile confirmed = profile.confirming(pins);
            Optional<Attempt> before = attempt.get();
            save(confirmed, Optional.of(profile));
            before.ifPresent(
                    was -> begin(new Ask(confirmed, was.ask().token(), was.ask().remember())));
        }
    }

    /// Does again what has failed, with the same token.
    public void retry() {
        attempt.get().ifPresent(was -> begin(was.ask()));
    }

    /// Gives up what is being done.
    public void cancel() {
        attempt.getAndSet(Optional.empty()).ifPresent(was -> was.work().cancel(true));
        state.update(now -> now.at(new Step.Choosing()));
    }

    @Override
    public void close() {
        cancel();
    }

    // ---- in the background ----

    private void change(Supplier<Profiles.Loaded> work) {
        var _ = background.call(() -> {
            try {
                show(work.get());
            } catch (ProfilesException e) {
                problem(e.sentence());
            } catch (TokenStoreException e) {
                show(profiles.load());
                problem(e.sentence());
            }
            return true;
        });
    }

    private void show(Profiles.Loaded loaded) {
        state.update(now -> new ConnectState(true, loaded.clusters(), loaded.problem(), now.keeping(), now.step()));
    }

    private void problem(String sentence) {
        state.update(now ->
                new ConnectState(now.loaded(), now.clusters(), Optional.of(sentence), now.keeping(), now.step()));
    }

    private void begin(Ask ask) {
        attempt.getAndSet(Optional.empty()).ifPresent(was -> was.work().cancel(true));
        state.update(now -> now.at(new Step.Connecting(ask.profile())));
        Future<?> work = background.call(() -> {
            Step next = ask(ask);
            if (!Thread.currentThread().isInterrupted()) {
                state.update(now -> now.at(next));
            }
            return next;
        });
        attempt.set(Optional.of(new Attempt(ask, work)));
    }

    private Step ask(Ask ask) {
        try {
            Optional<String> token =
                    ask.token().or(() -> tokens.find(ask.profile().name()));
            if (token.isEmpty()) {
                return new Step.NeedsToken(ask.profile(), Optional.empty());
            }
            List<Unconfirmed> unconfirmed = unconfirmed(ask.profile());
            if (!unconfirmed.isEmpty()) {
                return new Step.Confirming(ask.profile(), unconfirmed);
            }
            return signIn(ask, token.get());
        } catch (AdminException e) {
            return e.kind() == Kind.UNAUTHENTICATED
                    ? new Step.NeedsToken(ask.profile(), Optional.of(e.sentence()))
                    : new Step.Failed(ask.profile(), e.sentence());
        } catch (TokenStoreException e) {
            // The keyring is locked, perhaps: the token can be typed all the same.
            return new Step.NeedsToken(ask.profile(), Optional.of(e.sentence()));
        }
    }

    private Step signIn(Ask ask, String token) {
        Profile profile = ask.profile();
        Nodes.Found found;
        try (Nodes nodes = new Nodes(profile.addresses(), profile.trust(), token, new Nobody())) {
            found = nodes.find(ANSWER);
        }
        Optional<String> note = Optional.empty();
        if (ask.token().isPresent()) {
            try {
                tokens.keep(profile.name(), token, ask.remember());
            } catch (TokenStoreException e) {
                note = Optional.of(Messages.text("connect.not-remembered", e.sentence()));
            }
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("given up");
        }
        opened.accept(new Connection(profile, token, found.who(), note));
        return new Step.Choosing();
    }

    /// The certificates of nodes that are there and were not confirmed.
    private static List<Unconfirmed> unconfirmed(Profile profile) {
        if (!(profile.trust() instanceof Trust.Pinned(Map<String, String> pins))) {
            return List.of();
        }
        List<Unconfirmed> all = new ArrayList<>();
        for (URI address : profile.addresses()) {
            if ("https".equals(address.getScheme())) {
                try {
                    Certificates.Shown shown = Certificates.ask(address, CERTIFICATE);
                    if (!pins.containsValue(shown.fingerprint())) {
                        all.add(new Unconfirmed(shown, pins.containsKey(shown.address())));
                    }
                } catch (AdminException _) {
                    // Is not there: whether another node is, comes out next.
                }
            }
        }
        return all;
    }

    private static final class Nobody implements Nodes.Observer {

        @Override
        public void answered() {}

        @Override
        public void troubled() {}

        @Override
        public void refused(AdminException cause) {}
    }
}
