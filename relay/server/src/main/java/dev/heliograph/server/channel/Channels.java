package dev.heliograph.server.channel;

import dev.heliograph.protocol.ErrorCode;
import dev.heliograph.server.config.ChannelConfig;
import dev.heliograph.server.config.ChannelOptions;

/// Reads channel names (protocol B.4): `[$][namespace:]rest[#user,user]`. Threadsafe; cheap enough for every publish.
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
        int boundary = name.indexOf(config.namespaceBoundary(), start);
        ChannelOptions options = config.withoutNamespace();
        int rest = start;
        if (boundary >= 0) {
            options = config.namespaces().get(name.substring(start, boundary));
            if (options == null) {
                throw new ChannelException(ErrorCode.UNKNOWN_CHANNEL);
            }
            rest = boundary + config.namespaceBoundary().length();
        }
        check(name, rest, options);
        String userBoundary = config.userBoundary();
        int users = options.allowUserLimitedChannels() && !userBoundary.isEmpty() ? name.lastIndexOf(userBoundary) : -1;
        return new Channel(
                name,
                options,
                isPrivate,
                users >= 0,
                users >= 0 ? name.substring(users + userBoundary.length()) : "",
                config.userSeparator());
    }

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
