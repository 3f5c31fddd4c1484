package dev.heliograph.server.broker.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heliograph.server.redis.Partitions;

/// Names of keys and pub/sub channels, all of one channel in one partition.
final class Keys {

    private final byte[][] tagged = new byte[Partitions.COUNT][];

    /// @param prefix in front of every name; keeps applications that share a Redis apart
    Keys(String prefix) {
        for (int i = 0; i < tagged.length; i++) {
            tagged[i] = Partitions.tagged(prefix, i);
        }
    }

    /// What tells since when a partition is on its server.
    byte[] tenure(int partition) {
        return name(partition, "t");
    }

    byte[] stream(String channel) {
        return name(channel, "s:", channel);
    }

    byte[] meta(String channel) {
        return name(channel, "m:", channel);
    }

    /// The length keeps channel and key apart, whatever characters they are made of.
    byte[] result(String channel, String idempotencyKey) {
        return name(channel, "i:", channel.length() + ":" + channel + ":" + idempotencyKey);
    }

    byte[] messages(String channel) {
        return name(channel, "c:", channel);
    }

    /// The channel whose messages come by this name.
    String channel(byte[] messages) {
        // The tag ends with the first "}:"; behind it is "c:".
        int at = 0;
        while (messages[at] != '}' || messages[at + 1] != ':') {
            at++;
        }
        return new String(messages, at + 4, messages.length - at - 4, UTF_8);
    }

    /// The four keys of presence.lua.
    byte[][] presence(String channel) {
        return new byte[][] {
            name(channel, "pe:", channel),
            name(channel, "pi:", channel),
            name(channel, "pu:", channel),
            name(channel, "pc:", channel)
        };
    }

    private byte[] name(String channel, String kind, String rest) {
        return name(Partitions.of(channel), kind + rest);
    }

    private byte[] name(int partition, String rest) {
        byte[] tag = tagged[partition];
        byte[] tail = rest.getBytes(UTF_8);
        byte[] name = new byte[tag.length + tail.length];
        System.arraycopy(tag, 0, name, 0, tag.length);
        System.arraycopy(tail, 0, name, tag.length, tail.length);
        return name;
    }
}
