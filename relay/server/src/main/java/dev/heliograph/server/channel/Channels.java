package dev.heliograph.server.channel;

import dev.heliograph.protocol.ErrorCode;
import dev.heliograph.server.config.ChannelConfig;
import dev.heliograph.server.config.ChannelOptions;

/// Reads channel names (protocol B.4): `[$][namespace:]rest[#user,user]`. Threadsafe; cheap enough for every publish:
/// one pass over the name, no pattern unless its namespace has one.
public final class Channels {

    private final ChannelConfig config;

    public Channels(ChannelConfig config) {
        this.config = config;
    }

    /// The channel of a name.
    ///
    /// @throws ChannelException if there is no such namespace or the name is not allowed in it
    public Channel resolve(String name) {
        if (name.isEmpty() || name.length() > config.maxLength()) {
            throw new ChannelException(ErrorCode.BAD_REQUEST);
        }
        String privatePrefix = config.privatePrefix();
        boolean isPrivate = !privatePrefix.isEmpty() && name.startsWith(privatePrefix);
        int start = isPrivate ? privatePrefix.length() : 0;
        int boundary = namespaceEnd(name, start);
        // A name that begins with the boundary has an empty namespace, which is none.
        String namespace = boundary <= start ? "" : name.substring(start, boundary);
        ChannelOptions options = options(namespace);
        check(name, boundary < 0 ? 0 : boundary + config.namespaceBoundary().length(), options);
        int users = options.allowUserLimitedChannels() ? usersStart(name) : -1;
        return new Channel(
                name,
                namespace,
                options,
                isPrivate,
                users >= 0,
                users >= 0 ? name.substring(users) : "",
                config.userSeparator());
    }

    /// Where the namespace ends; negative if the name has none.
    private int namespaceEnd(String name, int start) {
        String boundary = config.namespaceBoundary();
        return boundary.isEmpty() ? -1 : name.indexOf(boundary, start);
    }

    private ChannelOptions options(String namespace) {
        if (namespace.isEmpty()) {
            return config.withoutNamespace();
        }
        ChannelOptions options = config.namespaces().get(namespace);
        if (options == null) {
            throw new ChannelException(ErrorCode.UNKNOWN_CHANNEL);
        }
        return options;
    }

    /// Where the users are listed; negative if the name lists none.
    private int usersStart(String name) {
        String boundary = config.userBoundary();
        int last = boundary.isEmpty() ? -1 : name.lastIndexOf(boundary);
        return last < 0 ? -1 : last + boundary.length();
    }

    /// @param rest where the part begins that the namespace's pattern is for: behind the namespace, if there is
    ///             one
    private static void check(String name, int rest, ChannelOptions options) {
        if (options.channelRegex().isPresent()) {
            if (!options.channelRegex().get().matcher(name.substring(rest)).find()) {
                throw new ChannelException(ErrorCode.BAD_REQUEST);
            }
            return;
        }
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) >= 0x80) {
                throw new ChannelException(ErrorCode.BAD_REQUEST);
            }
        }
    }
}
