package dev.heliograph.server.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import dev.heliograph.server.cluster.Bus;
import dev.heliograph.server.cluster.Cluster;
import dev.heliograph.server.cluster.Node;
import dev.heliograph.server.control.AuditEntry;
import dev.heliograph.server.control.Document;
import dev.heliograph.server.control.DocumentListener;
import dev.heliograph.server.control.DocumentType;
import dev.heliograph.server.control.Edit;
import dev.heliograph.server.guard.GuardFixture.Rule;
import dev.heliograph.server.guard.IpRule.Kind;
import dev.heliograph.server.guard.LimitRule.Operation;
import dev.heliograph.server.guard.LimitRule.Scope;
import dev.heliograph.server.ip.IpAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GuardOperationsTest {

    private static final Editor EDITOR = new Editor("ann", "operator", "192.0.2.7", "spam");

    private final GuardFixture it = new GuardFixture("user_connection_limit: 5");
    private final Kept kept = new Kept(it.guard);
    private final Cluster cluster = new Cluster(
            Bus.none(), () -> new Node("id", "name", "", "", "", 0, false, new Node.Load(0, 0, 0, 0, 0, 1, 0, 0, 0)));
    private final GuardOperations operations = new GuardOperations(it.guard, cluster, kept, it.clock);

    /// Documents in memory, of which the guard hears.
    private static final class Kept implements Decisions {

        private final Map<DocumentType<?>, Map<String, Document<?>>> documents = new HashMap<>();
        private final Map<DocumentType<?>, DocumentListener<?>> listeners = new HashMap<>();
        private final List<AuditEntry> audit = new ArrayList<>();
        private long revision;

        Kept(Guard guard) {
            listeners.put(IpRule.TYPE, guard.ipRuleListener());
            listeners.put(UserBan.TYPE, guard.userBanListener());
            listeners.put(Revocation.TYPE, guard.revocationListener());
            listeners.put(LimitRule.TYPE, guard.limitRuleListener());
        }

        @SuppressWarnings("unchecked")
        private <T> Map<String, Document<T>> of(DocumentType<T> type) {
            return (Map<String, Document<T>>) (Map<?, ?>) documents.computeIfAbsent(type, _ -> new HashMap<>());
        }

        @Override
        public <T> List<Document<T>> all(DocumentType<T> type) {
            return List.copyOf(of(type).values());
        }

        @Override
        public <T> Optional<Document<T>> find(DocumentType<T> type, String id) {
            return Optional.ofNullable(of(type).get(id));
        }

        @Override
        public void commit(List<? extends Edit<?>> edits, AuditEntry entry) {
            revision++;
            edits.forEach(this::apply);
            audit.add(entry);
        }

        @SuppressWarnings("unchecked")
        private <T> void apply(Edit<T> edit) {
            DocumentListener<T> listener = (DocumentListener<T>) Objects.requireNonNull(listeners.get(edit.type()));
            switch (edit) {
                case Edit.Put<T> put -> {
                    Document<T> document = new Document<>(put.id(), put.body(), revision, put.expiresAt());
                    of(put.type()).put(put.id(), document);
                    listener.put(document);
                }
                case Edit.Delete<T> delete -> {
                    of(delete.type()).remove(delete.id());
                    listener.removed(delete.id());
                }
            }
        }
    }

    @BeforeEach
    void start() {
        cluster.start();
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private Change<IpRule> put(String cidr, Kind kind) {
        return operations.putIpRule(cidr, kind, 0, EDITOR, false, false);
    }

    private static <T> List<String> ids(RulePage<T> page) {
        return page.rules().stream().map(RuleView::id).toList();
    }

    // ---- addresses ----

    @Test
    void aRuleIsPutDownInItsOneSpellingAndOnRecord() {
        it.connected("10.0.0.1", "bob");
        Change<IpRule> change = put("::ffff:10.9.9.9/104", Kind.BAN);
        assertThat(change.id()).isEqualTo("10.0.0.0/8");
        assertThat(change.before()).isNull();
        assertThat(change.after()).isEqualTo(new IpRule(Kind.BAN, "spam", "ann", it.clock.millis()));
        assertThat(change.preview())
                .isEqualTo(new Preview(1, 1, List.of(new Preview.Connected("client-1", "10.0.0.1", "bob"))));
        assertThat(it.guard.admitAddress(IpAddress.parse("10.0.0.1"))).isPresent();
        assertThat(kept.audit).singleElement().satisfies(entry -> {
            assertThat(entry.action()).isEqualTo("ip_rule.put");
            assertThat(entry.target()).isEqualTo("10.0.0.0/8");
            assertThat(entry.operator()).isEqualTo("ann");
            assertThat(entry.from()).isEqualTo("192.0.2.7");
            assertThat(entry.before()).isNull();
            assertThat(Objects.requireNonNull(entry.after()).get("kind").textValue())
                    .isEqualTo("BAN");
            assertThat(entry.outcome()).isEqualTo("ok");
        });
        RulePage<IpRule> page = operations.ipRules("", "", 10);
        assertThat(page.rules().getFirst().hits().hits()).isEqualTo(1);
        assertThat(page.more()).isFalse();
        assertThat(operations.ipRuleFor("10.0.0.1")).contains(page.rules().getFirst());
        assertThat(operations.ipRuleFor("11.0.0.1")).isEmpty();
    }

    @Test
    void theRecordHasTheEndsOfARuleSoThatAChangeCanBeTakenBack() {
        long first = it.clock.millis() + 60_000;
        operations.putIpRule("10.0.0.0/8", Kind.BAN, first, EDITOR, false, false);
        operations.putIpRule("10.0.0.0/8", Kind.DENY, first + 1, EDITOR, false, false);
        operations.deleteIpRule("10.0.0.0/8", EDITOR, false, false);
        assertThat(kept.audit)
                .extracting(entry -> Optional.ofNullable(entry.before())
                        .map(before -> before.path("expiresAt").longValue()))
                .containsExactly(Optional.empty(), Optional.of(first), Optional.of(first + 1));
    }

    @Test
    void aDryRunChangesNothingAndRecordsNothing() {
        it.connected("10.0.0.1", "bob");
        assertThat(operations
                        .putIpRule("10.0.0.0/8", Kind.BAN, 0, EDITOR, false, true)
                        .preview()
                        .hit())
                .isEqualTo(1);
        operations.putUserBan("bob", 0, EDITOR, true);
        operations.revokeToken("t", 0, EDITOR, true);
        operations.putLimit("one", Rule.count(Scope.IP, 1).build(), 0, EDITOR, true);
        operations.importIpRules("10.0.0.0/8", Kind.DENY, 0, EDITOR, false, true);
        put("11.0.0.0/8", Kind.DENY);
        operations.deleteIpRule("11.0.0.0/8", EDITOR, false, true);
        assertThat(kept.audit).hasSize(1);
        assertThat(ids(operations.ipRules("", "", 10))).containsExactly("11.0.0.0/8");
        assertThat(operations.userBans("", "", 10).rules()).isEmpty();
        assertThat(operations.revocations("", "", 10).rules()).isEmpty();
        assertThat(operations.limits()).extracting(LimitView::name).containsExactly("client.user_connection_limit");
    }

    @Test
    void theOperatorsOwnAddressIsNotLockedOut() {
        assertThatExceptionOfType(OwnAddressException.class)
                .isThrownBy(() -> put("192.0.0.0/8", Kind.DENY))
                .withMessageContaining("192.0.2.7")
                .withMessageContaining("192.0.0.0/8");
        assertThat(kept.audit).isEmpty();
        // A narrower rule that admits it makes it harmless, and must then stay.
        put("192.0.2.0/24", Kind.ALLOW);
        put("192.0.0.0/8", Kind.DENY);
        assertThatExceptionOfType(OwnAddressException.class)
                .isThrownBy(() -> operations.deleteIpRule("192.0.2.0/24", EDITOR, false, false));
        assertThatExceptionOfType(OwnAddressException.class).isThrownBy(() -> put("192.0.2.7", Kind.BAN));
        assertThatExceptionOfType(OwnAddressException.class).isThrownBy(() -> put("192.0.2.0/24", Kind.DENY));
        assertThatExceptionOfType(OwnAddressException.class)
                .isThrownBy(
                        () -> operations.importIpRules("10.0.0.0/8\n192.0.2.0/28", Kind.DENY, 0, EDITOR, false, false));
        operations.importIpRules("192.0.2.0/28 deny\n192.0.2.7 allow", Kind.DENY, 0, EDITOR, false, false);
        operations.deleteIpRule("192.0.2.0/24", EDITOR, false, false);
    }

    @Test
    void whoInsistsMayLockThemselvesOut() {
        operations.putIpRule("192.0.2.7", Kind.BAN, 0, EDITOR, true, false);
        assertThat(it.guard.admitAddress(IpAddress.parse("192.0.2.7"))).isPresent();
        // It is now: nothing makes it worse.
        put("192.0.0.0/8", Kind.BAN);
    }

    @Test
    void anOperatorWithoutAnAddressCanNotBeLockedOut() {
        Editor local = new Editor("ann", "operator", "", "");
        operations.putIpRule("0.0.0.0/0", Kind.DENY, 0, local, false, false);
        assertThat(kept.audit).hasSize(1);
    }

    @Test
    void rulesComeInPagesSortedByNetwork() {
        operations.importIpRules(
                "200.0.0.0/8\n9.0.0.0/8\n10.0.0.0/8\n2001:db8::/32\n10.0.0.0/9", Kind.DENY, 0, EDITOR, false, false);
        RulePage<IpRule> first = operations.ipRules("", "", 3);
        assertThat(ids(first)).containsExactly("9.0.0.0/8", "10.0.0.0/8", "10.0.0.0/9");
        assertThat(first.more()).isTrue();
        RulePage<IpRule> second = operations.ipRules("", "10.0.0.0/9", 3);
        assertThat(ids(second)).containsExactly("200.0.0.0/8", "2001:db8::/32");
        assertThat(second.more()).isFalse();
        assertThat(ids(operations.ipRules("DB8", "", 3))).containsExactly("2001:db8::/32");
        assertThat(ids(operations.ipRules("SPAM", "", 9))).hasSize(5);
        assertThatIllegalArgumentException().isThrownBy(() -> operations.ipRules("", "", 0));
        assertThatIllegalArgumentException().isThrownBy(() -> operations.ipRules("", "", 1_001));
    }

    @Test
    void whatIsExportedCanBeImported() {
        long later = it.clock.millis() + 86_400_000;
        operations.importIpRules("""
            # a list from somewhere
            10.0.0.0/8      # with a comment
              11.0.0.1 ban
            12.0.0.0/8 allow 2031-01-01T00:00:00Z ours # 1

            13.0.0.0/8 deny - two  words
            """, Kind.DENY, later, EDITOR, false, false);
        String exported = operations.exportIpRules();
        assertThat(exported).isEqualTo("""
            10.0.0.0/8 deny 2030-01-02T00:00:00Z spam
            11.0.0.1 ban 2030-01-02T00:00:00Z spam
            12.0.0.0/8 allow 2031-01-01T00:00:00Z ours # 1
            13.0.0.0/8 deny - two words
            """);
        operations.importIpRules(exported, Kind.BAN, 0, EDITOR, false, false);
        assertThat(operations.exportIpRules()).isEqualTo(exported);
        assertThat(kept.audit).extracting(AuditEntry::target).containsExactly("4 rules", "4 rules");
    }

    @Test
    void aBadImportSaysWhichLinesAndChangesNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> operations.importIpRules(
                        "10.0.0.0/8\n10.0.0.0/40\n\nexample.com\n10.0.0.1 drop\n10.0.0.1 ban soon",
                        Kind.DENY,
                        0,
                        EDITOR,
                        false,
                        false))
                .withMessageContaining("line 2: ")
                .withMessageContaining("line 4: ")
                .withMessageContaining("line 5: 'drop'")
                .withMessageContaining("line 6: 'soon'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> operations.importIpRules("# nothing", Kind.DENY, 0, EDITOR, false, false));
        assertThat(kept.audit).isEmpty();
    }

    @Test
    void whatHasExpiredAlreadyIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> operations.putIpRule("10.0.0.0/8", Kind.BAN, it.clock.millis(), EDITOR, false, false));
        assertThatIllegalArgumentException().isThrownBy(() -> operations.putUserBan("bob", 1, EDITOR, false));
    }

    // ---- users and tokens ----

    @Test
    void usersAreBannedAndUnbanned() {
        it.connected("10.0.0.1", "bob");
        it.connected("10.0.0.2", "bob");
        it.connected("10.0.0.3", "cat");
        Change<UserBan> change = operations.putUserBan("bob", 0, EDITOR, false);
        assertThat(change.preview().hit()).isEqualTo(2);
        assertThat(change.preview().examples())
                .extracting(Preview.Connected::user)
                .containsOnly("bob");
        assertThat(it.connection("10.0.0.1").identify("bob", "", 0)).isPresent();
        operations.putUserBan("ann", 0, EDITOR, false);
        assertThat(ids(operations.userBans("", "", 1))).containsExactly("ann");
        assertThat(ids(operations.userBans("", "ann", 1))).containsExactly("bob");
        assertThat(operations.userBans("bob", "", 1).rules().getFirst().hits().hits())
                .isEqualTo(1);
        assertThat(operations.deleteUserBan("bob", EDITOR, false).before()).isNotNull();
        assertThat(it.connection("10.0.0.1").identify("bob", "", 0)).isEmpty();
        assertThat(kept.audit)
                .extracting(AuditEntry::action)
                .containsExactly("user_ban.put", "user_ban.put", "user_ban.delete");
        // Nothing is there to be deleted: nothing happens.
        operations.deleteUserBan("bob", EDITOR, false);
        assertThat(kept.audit).hasSize(3);
        assertThatIllegalArgumentException().isThrownBy(() -> operations.putUserBan("", 0, EDITOR, false));
    }

    @Test
    void tokensAreRevoked() {
        it.connected("10.0.0.1", "bob");
        assertThat(operations.revokeToken("t1", 0, EDITOR, false).preview()).isEqualTo(Preview.NONE);
        assertThat(operations
                        .revokeTokens("bob", 1_000, 0, EDITOR, false)
                        .preview()
                        .hit())
                .isEqualTo(1);
        assertThat(it.guard.isRevoked("bob", "t1", 2_000)).isTrue();
        assertThat(it.guard.isRevoked("bob", "t2", 999)).isTrue();
        assertThat(ids(operations.revocations("", "", 9))).containsExactly("jti:t1", "user:bob");
        operations.deleteRevocation("user:bob", EDITOR, false);
        assertThat(it.guard.isRevoked("bob", "t2", 999)).isFalse();
        assertThat(kept.audit)
                .extracting(AuditEntry::action)
                .containsExactly("revocation.put", "revocation.put", "revocation.delete");
    }

    // ---- limits ----

    @Test
    void limitsAreListedInTheirOrderWithTheirUse() {
        LimitRule publish =
                Rule.rate(Operation.PUBLISH, Scope.USER, 1, 2).order(2).build();
        operations.putLimit("publish", publish, 0, EDITOR, false);
        operations.putLimit("first", Rule.count(Scope.IP, 9).order(1).build(), 0, EDITOR, false);
        GuardedConnection connection = it.connected("10.0.0.1", "bob");
        assertThat(connection.publish("news", "")).isEmpty();
        List<LimitView> limits = operations.limits();
        assertThat(limits)
                .extracting(LimitView::name, LimitView::configured)
                .containsExactly(
                        tuple("client.user_connection_limit", true), tuple("first", false), tuple("publish", false));
        assertThat(limits.getLast().rule()).isEqualTo(publish.by("ann", it.clock.millis()));
        assertThat(limits.getLast().use())
                .isEqualTo(new LimitUse(new LimitUse.Counters(1, 0, 0, 0), List.of(new LimitUse.Use("bob", 0.5))));
        operations.deleteLimit("publish", EDITOR, false);
        assertThat(operations.limits()).hasSize(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> operations.putLimit("client.x", publish, 0, EDITOR, false));
    }

    @Test
    void aLimitOfConnectionsTellsWhomItWouldHit() {
        for (int i = 0; i < 5; i++) {
            it.connected("10.0.0.1", "user-" + i);
        }
        it.connected("10.0.0.2", "user-9");
        UnaryOperator<Rule> any = rule -> rule;
        assertThat(preview(Rule.count(Scope.IP, 2), any))
                .extracting(Preview::matching, Preview::hit)
                .containsExactly(6L, 3L);
        assertThat(preview(Rule.count(Scope.IP, 2), rule -> rule.cidr("10.0.0.2/32")))
                .extracting(Preview::matching, Preview::hit)
                .containsExactly(1L, 0L);
        assertThat(preview(Rule.count(Scope.NODE, 1), rule -> rule.user("user-[0-2]")))
                .extracting(Preview::matching, Preview::hit)
                .containsExactly(3L, 2L);
        assertThat(preview(Rule.rate(Operation.PUBLISH, Scope.USER, 1, 1), any).matching())
                .isEqualTo(6);
    }

    private Preview preview(Rule rule, UnaryOperator<Rule> more) {
        return operations
                .putLimit("p", more.apply(rule).build(), 0, EDITOR, true)
                .preview();
    }

    @Test
    void aPreviewShowsTwentyAtMost() {
        for (int i = 0; i < 30; i++) {
            it.connected("10.0.0.1", "");
        }
        Preview preview = operations
                .putIpRule("10.0.0.1", Kind.BAN, 0, EDITOR, false, true)
                .preview();
        assertThat(preview.hit()).isEqualTo(30);
        assertThat(preview.examples()).hasSize(Preview.SHOWN);
        Preview both = preview.plus(preview);
        assertThat(both.hit()).isEqualTo(60);
        assertThat(both.examples()).hasSize(Preview.SHOWN);
    }

    @Test
    void aRuleHitsNobodyWhomANarrowerOneIsFor() {
        it.connected("10.0.0.1", "");
        it.connected("10.0.0.2", "");
        put("10.0.0.1", Kind.ALLOW);
        assertThat(operations
                        .putIpRule("10.0.0.0/8", Kind.BAN, 0, EDITOR, false, true)
                        .preview()
                        .hit())
                .isEqualTo(1);
        assertThat(operations
                        .putIpRule("10.0.0.0/8", Kind.ALLOW, 0, EDITOR, false, true)
                        .preview())
                .extracting(Preview::matching, Preview::hit)
                .containsExactly(1L, 0L);
    }
}
