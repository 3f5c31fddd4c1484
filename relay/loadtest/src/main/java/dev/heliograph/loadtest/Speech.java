package dev.heliograph.loadtest;

import dev.heliograph.protocol.Codec;
import dev.heliograph.protocol.Command;
import dev.heliograph.protocol.Encoding;
import dev.heliograph.protocol.ProtocolException;
import dev.heliograph.protocol.Reply;
import dev.heliograph.protocol.Request;
import java.util.function.Consumer;

/// The client protocol in JSON on a [Wire].
final class Speech {

    private static final Codec CODEC = Encoding.JSON.codec();

    /// The frame of an answer to a ping.
    static final byte[] PONG = command(0, new Request.Pong());

    private Speech() {}

    /// The frame of a command.
    static byte[] command(long id, Request request) {
        return ClientFrame.text(CODEC.encode(new Command(id, request)));
    }

    /// Reads the replies of a message as long as the connection is open. One that speaks otherwise is given up.
    static void hear(Wire wire, byte[] bytes, int from, int length, Consumer<Reply> replies) {
        try {
            CODEC.decodeReplies(bytes, from, length, reply -> {
                if (wire.isOpen()) {
                    replies.accept(reply);
                }
            });
        } catch (ProtocolException _) {
            wire.giveUp(new End.Cut("not the protocol"));
        }
    }
}
