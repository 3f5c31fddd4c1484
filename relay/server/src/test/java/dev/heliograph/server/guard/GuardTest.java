package dev.heliograph.server.guard;

import static dev.heliograph.server.guard.GuardFixture.token;
import static dev.heliograph.server.guard.GuardFixture.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.server.guard.GuardFixture.Client;
import dev.heliograph.server.guard.IpRule.Kind;
import dev.heliograph.server.guard.Refusal.Cause;
import dev.heliograph.server.ip.IpAddress;
import dev.heliograph.server.ip.IpPrefix;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GuardTest {

    private final GuardFixture it = new GuardFixture();

    private Optional<Refusal> address(String address) {
        return it.guard.admitAddress(IpAddress.parse(address));
    }

    // ---- addresses ----

    @Test
    void theRuleOfTheLongestPrefixHolds() {
        it.ipRule("10.0.0.0/8", Kind.DENY);
        it.ipRule("10.1.0.0/16", Kind.ALLOW);
        it.ipRule("10.1.2.3", Kind.BAN);
        assertThat(address("10.0.0.1")).contains(new Refusal(Cause.ADDRESS_DENIED, "10.0.0.0/8", 0));
        assertThat(address("10.1.0.1")).isEmpty();
        assertThat(address("::ffff:10.1.2.3")).contains(new Refusal(Cause.ADDRESS_BANNED, "10.1.2.3", 0));
        assertThat(address("11.0.0.1")).isEmpty();
        it.guard.ipRuleListener().removed("10.1.0.0/16");
        assertThat(address("10.1.0.1")).isPresent();
        it.guard.ipRuleListener().removed("10.0.0.0/8");
        assertThat(address("10.1.0.1")).isEmpty();
        assertThat(it.guard.refusals(Cause.ADDRESS_DENIED)).isEqualTo(2);
        assertThat(it.guard.refusals(Cause.ADDRESS_BANNED)).isEqualTo(1);
    }

    @Test
    void aRuleCountsWhatItDecides() {
        it.ipRule("10.0.0.0/8", Kind.DENY);
        address("10.0.0.1");
        address("10.0.0.2");
        address("11.0.0.1");
        assertThat(hits("10.0.0.0/8")).isEqualTo(new Hits.Count(2, it.clock.millis()));
        // The same decision with another reason goes on counting; another decision begins anew.
        it.ipRule("10.0.0.0/8", Kind.DENY);
        assertThat(hits("10.0.0.0/8").hits()).isEqualTo(2);
        it.ipRule("10.0.0.0/8", Kind.ALLOW);
        assertThat(hits("10.0.0.0/8")).isEqualTo(Hits.Count.NONE);
        address("10.0.0.1");
        assertThat(hits("10.0.0.0/8").hits()).isEqualTo(1);
    }

    private Hits.Count hits(String network) {
        return it.guard
                .ipRules()
                .get(IpPrefix.parse(network))
                .orElseThrow()
                .hits()
                .count();
    }

    @Test
    void aDocumentThatIsNoNetworkHasNoEffect() {
        it.ipRule("nonsense", Kind.BAN);
        it.guard.ipRuleListener().removed("nonsense");
        assertThat(address("10.0.0.1")).isEmpty();
    }

    @Test
    void aBanEndsConnectionsAndADenialDoesNot() {
        Client banned = new Client();
        Client denied = new Client();
        Client spared = new Client();
        it.connected("10.0.0.1", "ann", banned);
        it.connected("11.0.0.1", "bob", denied);
        it.connected("10.9.0.1", "cat", spared);
        it.ipRule("10.9.0.0/16", Kind.ALLOW);
        it.ipRule("10.0.0.0/8", Kind.BAN);
        it.ipRule("11.0.0.0/8", Kind.DENY);
        it.lookOver();
        assertThat(banned.told).containsExactly(Cause.ADDRESS_BANNED);
        assertThat(denied.told).isEmpty();
        assertThat(spared.told).isEmpty();
        // What spares it goes away.
        it.guard.ipRuleListener().removed("10.9.0.0/16");
        it.lookOver();
        assertThat(spared.told).containsExactly(Cause.ADDRESS_BANNED);
        assertThat(banned.told).hasSize(1);
    }

    @Test
    void oneThatIsClosedIsNotTold() {
        Client client = new Client();
        it.connected("10.0.0.1", "ann", client).close();
        it.ipRule("10.0.0.0/8", Kind.BAN);
        it.lookOver();
        assertThat(client.told).isEmpty();
    }

    @Test
    void aRuleThatCameBehindTheHandshakeIsNotMissed() {
        GuardedConnection connection = it.connection("10.0.0.1");
        assertThat(address("10.0.0.1")).isEmpty();
        it.ipRule("10.0.0.0/8", Kind.DENY);
        it.lookOver();
        assertThat(connection.open()).contains(new Refusal(Cause.ADDRESS_DENIED, "10.0.0.0/8", 0));
    }

    /// Otherwise an import of many rules would look at each connection for each rule.
    @Test
    void manyChangesLookConnectionsOverOnce() {
        Random random = new Random(1);
        IntStream.range(0, 10_000)
                .forEach(_ -> it.ipRule("10." + random.nextInt(256) + "." + random.nextInt(256) + ".0/24", Kind.BAN));
        assertThat(it.lookOver()).isEqualTo(1);
        it.ipRule("11.0.0.0/8", Kind.BAN);
        assertThat(it.lookOver()).isEqualTo(1);
    }

    // ---- users ----

    @Test
    void aBannedUserIsRefusedAndDisconnected() {
        Client ann = new Client();
        Client bob = new Client();
        Client nobody = new Client();
        it.connected("10.0.0.1", "ann", ann);
        it.connected("10.0.0.1", "bob", bob);
        it.connected("10.0.0.1", "", nobody);
        it.ban("ann");
        assertThat(it.connection("10.0.0.1").identify("ann", "", 0)).contains(new Refusal(Cause.USER_BANNED, "ann", 0));
        it.lookOver();
        assertThat(ann.told).containsExactly(Cause.USER_BANNED);
        assertThat(bob.told).isEmpty();
        assertThat(nobody.told).isEmpty();
        it.guard.userBanListener().removed("ann");
        assertThat(it.connection("10.0.0.1").identify("ann", "", 0)).isEmpty();
    }

    @Test
    void oneWhoIsNotConnectedYetIsNotTold() {
        Client client = new Client();
        it.connection("10.0.0.1", client).open();
        it.ban("");
        it.ban("ann");
        it.lookOver();
        assertThat(client.told).isEmpty();
    }

    // ---- tokens ----

    @Test
    void aRevokedTokenIsRefusedAndItsConnectionsEnd() {
        Client client = new Client();
        Client other = new Client();
        GuardedConnection connection = it.connection("10.0.0.1", client);
        connection.open();
        assertThat(connection.identify("ann", "t1", 100)).isEmpty();
        GuardedConnection second = it.connection("10.0.0.1", other);
        second.open();
        assertThat(second.identify("ann", "t2", 100)).isEmpty();
        it.revoke(token("t1"));
        it.lookOver();
        assertThat(client.told).containsExactly(Cause.TOKEN_REVOKED);
        assertThat(client.tokensRevoked).isEqualTo(1);
        assertThat(other.told).isEmpty();
        assertThat(other.tokensRevoked).isEqualTo(1);
        assertThat(it.connection("10.0.0.1").identify("ann", "t1", 100))
                .contains(new Refusal(Cause.TOKEN_REVOKED, "jti:t1", 0));
        assertThat(second.refresh("t1", 100)).isPresent();
        assertThat(second.refresh("t3", 100)).isEmpty();
        assertThat(it.guard.isRevoked("ann", "t1", 100)).isTrue();
        assertThat(it.guard.isRevoked("ann", "", 100)).isFalse();
    }

    @Test
    void aUsersTokensAreRevokedByTheirTimeOfIssue() {
        it.revoke(tokens("ann", 1_000));
        assertThat(it.guard.isRevoked("ann", "", 999)).isTrue();
        assertThat(it.guard.isRevoked("ann", "", 1_000)).isFalse();
        assertThat(it.guard.isRevoked("ann", "", 0)).as("without iat").isTrue();
        assertThat(it.guard.isRevoked("bob", "", 999)).isFalse();
        assertThat(it.guard.isRevoked("", "", 0)).isFalse();
        it.guard.revocationListener().removed("user:ann");
        assertThat(it.guard.isRevoked("ann", "", 999)).isFalse();
    }

    @Test
    void aConnectionIsJudgedByTheTokenThatItWasRefreshedWith() {
        Client client = new Client();
        GuardedConnection connection = it.connection("10.0.0.1", client);
        connection.open();
        assertThat(connection.identify("ann", "", 900)).isEmpty();
        assertThat(connection.refresh("", 1_100)).isEmpty();
        it.revoke(tokens("ann", 1_000));
        it.lookOver();
        assertThat(client.told).isEmpty();
        it.revoke(tokens("ann", 1_200));
        it.lookOver();
        assertThat(client.told).containsExactly(Cause.TOKEN_REVOKED);
    }

    @Test
    void aRevocationIsReplacedByALaterOne() {
        it.revoke(tokens("ann", 1_000));
        it.revoke(tokens("ann", 500));
        assertThat(it.guard.isRevoked("ann", "", 700)).isFalse();
        assertThat(it.guard.isRevoked("ann", "", 400)).isTrue();
    }
}
