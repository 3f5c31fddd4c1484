package dev.heliograph.server.broker;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import dev.heliograph.protocol.ClientInfo;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/// The members of one channel by client, with the number of connections of each user. Guarded by the channel's lock.
final class Members {

    private record Member(ClientInfo info, long ends) {
        String client() {
            return info.client();
        }
    }

    final LazyQueue.Place<Members> byDeadline = new LazyQueue.Place<>(this);

    private final String channel;
    private final Map<String, Member> byClient = new HashMap<>();
    private final Map<String, Integer> clientsOfUser = new HashMap<>();
    private final TreeSet<Member> byEnd =
            new TreeSet<>(comparingLong(Member::ends).thenComparing(comparing(Member::client)));

    Members(String channel) {
        this.channel = channel;
    }

    String channel() {
        return channel;
    }

    /// Adds a member, or replaces it, when the client is one already.
    void put(ClientInfo info, long ends) {
        remove(info.client());
        Member member = new Member(info, ends);
        byClient.put(info.client(), member);
        byEnd.add(member);
        clientsOfUser.merge(info.user(), 1, Integer::sum);
    }

    void remove(String client) {
        Member removed = byClient.remove(client);
        if (removed != null) {
            byEnd.remove(removed);
            clientsOfUser.computeIfPresent(removed.info().user(), (_, clients) -> clients == 1 ? null : clients - 1);
        }
    }

    void expire(long now) {
        while (!byEnd.isEmpty() && byEnd.first().ends() <= now) {
            remove(byEnd.first().client());
        }
    }

    boolean isEmpty() {
        return byClient.isEmpty();
    }

    /// When the next member ends, unless it is refreshed.
    long deadline() {
        return byEnd.isEmpty() ? Deadline.NEVER : byEnd.first().ends();
    }

    PresenceCount count() {
        return new PresenceCount(byClient.size(), clientsOfUser.size());
    }

    Map<String, ClientInfo> infos() {
        Map<String, ClientInfo> infos = HashMap.newHashMap(byClient.size());
        byClient.forEach((client, member) -> infos.put(client, member.info()));
        return Collections.unmodifiableMap(infos);
    }
}
