package dev.heliograph.console.bans;

import dev.heliograph.console.value.Loaded;
import dev.heliograph.console.value.Value;
import dev.heliograph.console.value.Watch;
import dev.heliograph.console.wire.IpRuleCheck;
import dev.heliograph.console.wire.IpRuleRow;
import dev.heliograph.console.wire.RevocationRow;
import dev.heliograph.console.wire.UserBanRow;
import dev.heliograph.console.workspace.Loader;
import dev.heliograph.console.workspace.PageModel;
import dev.heliograph.console.workspace.Workspace;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Who is kept out of a cluster: three lists, what a new rule would do, and which rule holds for an address. Asks the
/// cluster only while it is shown. Threadsafe.
public final class BansModel implements PageModel {

    /// From one look at the hits to the next.
    private static final Duration EVERY = Duration.ofSeconds(5);

    /// The lists.
    public enum Section {
        ADDRESSES,
        USERS,
        REVOCATIONS
    }

    private final Workspace workspace;
    private final RulePager<IpRuleRow> addresses;
    private final RulePager<UserBanRow> users;
    private final RulePager<RevocationRow> revocations;
    private final Value<Section> section = new Value<>(Section.ADDRESSES);
    private final Loader<BanProposals.Outlook> outlook;
    private final Loader<IpRuleCheck> check;
    private final BanProposals proposals;
    private final BanImport lists;
    private final List<Watch> watches = new ArrayList<>();

    public BansModel(Workspace workspace) {
        this.workspace = workspace;
        var api = workspace.api();
        var background = workspace.background();
        this.addresses = new RulePager<>(
                background,
                (text, after, limit) -> {
                    var list = api.ipRules(text, after, limit);
                    return new RulePager.Answer<>(list.rules(), list.more());
                },
                IpRuleRow::cidr);
        this.users = new RulePager<>(
                background,
                (text, after, limit) -> {
                    var list = api.userBans(text, after, limit);
                    return new RulePager.Answer<>(list.bans(), list.more());
                },
                UserBanRow::user);
        this.revocations = new RulePager<>(
                background,
                (text, after, limit) -> {
                    var list = api.revocations(text, after, limit);
                    return new RulePager.Answer<>(list.revocations(), list.more());
                },
                RevocationRow::id);
        this.outlook = new Loader<>(background);
        this.check = new Loader<>(background);
        this.proposals = new BanProposals(workspace);
        this.lists = new BanImport(workspace);
    }

    public RulePager<IpRuleRow> addresses() {
        return addresses;
    }

    public RulePager<UserBanRow> users() {
        return users;
    }

    public RulePager<RevocationRow> revocations() {
        return revocations;
    }

    /// The list that is shown.
    public Value<Section> section() {
        return section;
    }

    public void show(Section wanted) {
        section.set(wanted);
        current().refresh();
    }

    /// The list of the section that is shown.
    public RulePager<?> current() {
        return switch (section.get()) {
            case ADDRESSES -> addresses;
            case USERS -> users;
            case REVOCATIONS -> revocations;
        };
    }

    public BanProposals proposals() {
        return proposals;
    }

    public BanImport lists() {
        return lists;
    }

    public Clock clock() {
        return workspace.clock();
    }

    /// What the rule would do that was last asked about.
    public Value<Loaded<BanProposals.Outlook>> outlook() {
        return outlook.state();
    }

    /// Asks what a form would do now. A form that is not good yet has no outlook.
    public void preview(BanForm form) {
        form.wish(clock().instant())
                .ifPresentOrElse(wish -> outlook.load(() -> proposals.outlook(wish)), outlook::clear);
    }

    public void endPreview() {
        outlook.clear();
    }

    /// The rule that holds for the address that was last asked about.
    public Value<Loaded<IpRuleCheck>> check() {
        return check.state();
    }

    /// Asks which rule holds for an address; nothing is asked for an empty one.
    public void check(String ip) {
        if (ip.isBlank()) {
            check.clear();
        } else {
            check.load(() -> {
                Cidr address = Cidr.parse(ip);
                return workspace.api().checkIp(address.address());
            });
        }
    }

    /// The page is in sight: the list is kept fresh, and looked at again after each change.
    @Override
    public synchronized void shown() {
        if (watches.isEmpty()) {
            watches.add(workspace.background().every(EVERY, () -> current().refresh()));
            watches.add(workspace.journal().entries().listen(_ -> current().refresh()));
        }
    }

    /// The page is out of sight: the cluster is asked nothing any more.
    @Override
    public synchronized void hidden() {
        watches.forEach(Watch::close);
        watches.clear();
        addresses.cancel();
        users.cancel();
        revocations.cancel();
    }

    @Override
    public void close() {
        hidden();
        outlook.close();
        check.close();
    }
}
