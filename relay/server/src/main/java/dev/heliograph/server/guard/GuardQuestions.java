package dev.heliograph.server.guard;

import dev.heliograph.server.cluster.Cluster;
import dev.heliograph.server.cluster.Procedure;
import dev.heliograph.server.ip.IpPrefix;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What nodes ask each other's guards, and how this node's answers.
final class GuardQuestions {

    /// Whom would a rule hit? One of the components is there, with `cidr` the kind as well.
    record Wish(
            @Nullable String cidr,
            IpRule.@Nullable Kind kind,
            @Nullable String user,
            @Nullable Revocation revocation,
            @Nullable LimitRule limit) {}

    /// How often did documents of a type decide?
    record HitsOf(String type, List<String> ids) {}

    record HitCounts(Map<String, Hits.Count> byId) {}

    record UsesOf() {}

    record Uses(List<Guard.NamedUse> limits) {}

    static final Procedure<Wish, Preview> PREVIEW = new Procedure<>("guard.preview", Wish.class, Preview.class);
    static final Procedure<HitsOf, HitCounts> HITS = new Procedure<>("guard.hits", HitsOf.class, HitCounts.class);
    static final Procedure<UsesOf, Uses> USES = new Procedure<>("guard.uses", UsesOf.class, Uses.class);

    private final Guard guard;

    GuardQuestions(Guard guard) {
        this.guard = guard;
    }

    void offer(Cluster cluster) {
        cluster.handle(PREVIEW, this::preview);
        cluster.handle(HITS, this::hits);
        cluster.handle(USES, _ -> new Uses(guard.limitUses()));
    }

    private Preview preview(Wish wish) {
        Stream<Preview.Subject> connected = guard.connections().map(GuardedConnection::subject);
        if (wish.cidr() != null && wish.kind() != null) {
            return Preview.ofIpRule(IpPrefix.parse(wish.cidr()), wish.kind(), guard.ipRules(), connected);
        }
        if (wish.user() != null) {
            return Preview.ofUserBan(wish.user(), connected);
        }
        if (wish.revocation() != null) {
            return Preview.ofRevocation(wish.revocation(), connected);
        }
        if (wish.limit() != null) {
            return Preview.ofLimit(wish.limit(), connected);
        }
        throw new IllegalArgumentException("this version does not know the kind of rule");
    }

    private HitCounts hits(HitsOf question) {
        Map<String, Hits.Count> counts = new HashMap<>();
        for (String id : question.ids()) {
            find(question.type(), id).ifPresent(hits -> counts.put(id, hits.count()));
        }
        return new HitCounts(counts);
    }

    private Optional<Hits> find(String type, String id) {
        if (type.equals(IpRule.TYPE.name())) {
            return guard.ipRules().get(IpPrefix.parse(id)).map(IpRules.Entry::hits);
        }
        if (type.equals(UserBan.TYPE.name())) {
            return guard.userBans().find(id);
        }
        return guard.revocations().get(id).map(Revocations.Entry::hits);
    }
}
