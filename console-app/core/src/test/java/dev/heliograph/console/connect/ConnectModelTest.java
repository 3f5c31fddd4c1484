package dev.heliograph.console.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.heliograph.console.api.StubNode;
import dev.heliograph.console.api.StubNode.Answer;
import dev.heliograph.console.api.Trust;
import dev.heliograph.console.cluster.Colour;
import dev.heliograph.console.cluster.Environment;
import dev.heliograph.console.cluster.Profile;
import dev.heliograph.console.cluster.ProfileForm;
import dev.heliograph.console.cluster.Profiles;
import dev.heliograph.console.cluster.Tokens;
import dev.heliograph.console.connect.ConnectState.Step;
import dev.heliograph.console.workspace.VirtualBackground;
import dev.heliograph.testkit.Certificate;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConnectModelTest {

    @TempDir
    Path home;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<Connection> opened = new CopyOnWriteArrayList<>();
    private final VirtualBackground background = new VirtualBackground();
    private final Tokens tokens = Tokens.inMemory();
    private ConnectModel model;

    @BeforeEach
    void start() {
        open.add(background);
        model = new ConnectModel(new Profiles(home, Clock.systemUTC()), tokens, background, opened::add);
        model.load();
        await().until(() -> model.state().get().keeping().isPresent());
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private StubNode node(StubNode.Behaviour behaviour) {
        StubNode node = new StubNode(behaviour);
        open.add(node);
        return node;
    }

    private Profile profile(String name, Trust trust, URI... addresses) {
        Profile profile = new Profile(
                name,
                List.of(addresses),
                Colour.RED,
                Environment.PRODUCTION,
                trust,
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.empty());
        model.save(profile, Optional.empty());
        await().until(() -> model.state().get().clusters().contains(profile));
        return profile;
    }

    private <T extends Step> T step(Class<T> type) {
        return type.cast(await().until(() -> model.state().get().step(), type::isInstance));
    }

    @Test
    void withoutATokenItAsksForOneAndThenOpensTheCluster() {
        StubNode node = node(request -> request.header().equals("Bearer secret")
                ? StubNode.whoAmI("ann", "operator")
                : Answer.error(401, "unauthenticated", "the token is not known"));
        Profile profile = profile("prod", new Trust.Known(), node.address());
        model.connect(profile);
        assertThat(step(Step.NeedsToken.class).why()).isEmpty();
        assertThat(node.requests()).isEmpty();

        model.connect(profile, "wrong", false);
        await().until(() -> model.state().get().step() instanceof Step.NeedsToken(var _, var why) && why.isPresent());
        assertThat(step(Step.NeedsToken.class).why()).contains("the token is not known");
        assertThat(tokens.find("prod")).isEmpty();

        model.connect(profile, " secret\n", true);
        await().until(() -> !opened.isEmpty());
        assertThat(opened.getFirst().token()).isEqualTo("secret");
        assertThat(opened.getFirst().who().name()).isEqualTo("ann");
        step(Step.Choosing.class);

        model.connect(profile);
        await().until(() -> opened.size() == 2);
    }

    @Test
    void whereTheTokenIsKeptIsSaid() {
        assertThat(model.state().get().keeping().orElseThrow().where(true)).contains("kept in memory");
    }

    @Test
    void aClusterThatIsNotThereIsOneSentence() {
        StubNode node = StubNode.of("ann", "operator");
        node.close();
        Profile profile = profile("prod", new Trust.Known(), node.address());
        model.connect(profile, "secret", false);
        assertThat(step(Step.Failed.class).sentence()).startsWith(node.address() + " cannot be reached");
        assertThat(opened).isEmpty();
    }

    @Test
    void anotherServerIsOneSentence() {
        StubNode node = node(_ -> Answer.ok("<html></html>"));
        model.connect(profile("prod", new Trust.Known(), node.address()), "secret", false);
        assertThat(step(Step.Failed.class).sentence()).contains("not the admin API of a relay");
    }

    @Test
    void whatIsGivenUpOpensNothing() {
        StubNode node = StubNode.of("ann", "operator");
        open.add(node);
        node.become(_ -> {
            node.hang();
            return StubNode.whoAmI("ann", "operator");
        });
        model.connect(profile("prod", new Trust.Known(), node.address()), "secret", false);
        await().until(() -> !node.requests().isEmpty());
        step(Step.Connecting.class);
        model.cancel();
        node.close();
        step(Step.Choosing.class);
        assertThat(opened).isEmpty();
    }

    @Test
    void anEditedClusterKeepsItsTokenAndARemovedOneDoesNot() {
        StubNode node = StubNode.of("ann", "operator");
        open.add(node);
        Profile before = profile("prod", new Trust.Known(), node.address());
        model.connect(before, "secret", false);
        await().until(() -> !opened.isEmpty());
        ProfileForm form = ProfileForm.of(before);
        Profile after = model.check(
                        new ProfileForm(
                                "production",
                                form.addresses(),
                                form.colour(),
                                form.environment(),
                                form.tls(),
                                "",
                                "",
                                "",
                                "",
                                "",
                                ""),
                        Optional.of(before))
                .profile()
                .orElseThrow();
        model.save(after, Optional.of(before));
        await().until(() -> model.state().get().clusters().equals(List.of(after)));
        assertThat(tokens.find("production")).contains("secret");
        model.remove(after);
        await().until(() -> model.state().get().clusters().isEmpty());
        await().until(() -> tokens.find("production").isEmpty());
    }

    @Test
    void aDamagedFileIsSaidAndKept() throws Exception {
        Files.writeString(home.resolve("clusters.json"), "{");
        model.load();
        await().until(() -> model.state().get().problem().isPresent());
        assertThat(model.state().get().problem().orElseThrow()).contains("cannot be read");
        profile("new", new Trust.Known(), URI.create("http://127.0.0.1:1"));
        assertThat(model.state().get().problem()).isEmpty();
        assertThat(home.toFile().list()).anyMatch(name -> name.startsWith("clusters.json.damaged-"));
    }

    // ---- certificates ----

    private HttpsServer https(Path folder) throws Exception {
        Certificate.selfSigned(folder, "dns:elsewhere.example");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("server.p12"))) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = "{\"name\":\"ann\",\"role\":\"admin\",\"from\":\"::1\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        open.add(() -> server.stop(0));
        return server;
    }

    private final List<String> asked = new CopyOnWriteArrayList<>();

    @Test
    void aCertificateIsConfirmedOnceAndNothingIsSentBefore() throws Exception {
        URI address = URI.create("https://127.0.0.1:" + https(home).getAddress().getPort());
        Profile profile = profile("prod", new Trust.Pinned(java.util.Map.of()), address);
        model.connect(profile, "secret", false);
        ConnectState.Unconfirmed certificate =
                step(Step.Confirming.class).certificates().getFirst();
        assertThat(certificate.changed()).isFalse();
        assertThat(certificate.shown().fingerprint()).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
        assertThat(certificate.shown().subject()).isEqualTo("CN=localhost");
        assertThat(asked).isEmpty();

        model.confirm();
        await().until(() -> !opened.isEmpty());
        assertThat(asked).containsExactly("Bearer secret");
        Profile pinned = model.state().get().clusters().getFirst();
        assertThat(((Trust.Pinned) pinned.trust()).fingerprints())
                .containsValue(certificate.shown().fingerprint());

        model.connect(pinned);
        await().until(() -> opened.size() == 2);
    }

    @Test
    void aChangedCertificateIsNotTakenForTheOneOfBefore() throws Exception {
        URI address = URI.create("https://127.0.0.1:" + https(home).getAddress().getPort());
        Profile profile =
                profile("prod", new Trust.Pinned(java.util.Map.of("127.0.0.1:" + address.getPort(), "AB:CD")), address);
        model.connect(profile, "secret", false);
        assertThat(step(Step.Confirming.class).certificates().getFirst().changed())
                .isTrue();
        model.cancel();
        assertThat(asked).isEmpty();
        assertThat(opened).isEmpty();
    }

    @Test
    void aCertificateOfAnAuthorityMustBeForTheAddress() throws Exception {
        URI address = URI.create("https://127.0.0.1:" + https(home).getAddress().getPort());
        model.connect(profile("prod", new Trust.Authority(home.resolve("cert.pem")), address), "secret", false);
        assertThat(step(Step.Failed.class).sentence()).contains("TLS:").contains("127.0.0.1");
        assertThat(asked).isEmpty();
    }

    @Test
    void aCertificateThatNobodyKnowsIsRefused() throws Exception {
        URI address = URI.create("https://127.0.0.1:" + https(home).getAddress().getPort());
        model.connect(profile("prod", new Trust.Known(), address), "secret", false);
        assertThat(step(Step.Failed.class).sentence()).contains("TLS:");
        assertThat(asked).isEmpty();
    }
}
