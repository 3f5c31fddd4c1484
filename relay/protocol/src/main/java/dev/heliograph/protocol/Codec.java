package dev.heliograph.protocol;

import java.util.List;
import java.util.function.Consumer;

/// One encoding of the protocol, for both sides. Stateless and threadsafe.
///
/// A *frame* is the payload of one WebSocket message; it holds one or more messages. Frames are made by joining
/// encoded messages with [#join(List)]. Decoders are strict and bounded (see [Limits]) and throw nothing but
/// [ProtocolException] for bad input.
public interface Codec {

    /// Bounds of a decoder, so that no frame costs more than its size suggests.
    interface Limits {
        /// Messages in one frame.
        int MAX_MESSAGES = 1_024;
        /// Nesting of a message, and of a JSON payload within one, which counts anew.
        int MAX_DEPTH = 64;
        /// Entries of one map or list of a command. Replies are bounded by their frames alone: the presence of a
        /// large channel has as many entries as it has clients.
        int MAX_ENTRIES = 4_096;
    }

    Encoding encoding();

    /// Decodes the commands of a frame in order and hands each over before it looks at the next, so that what
    /// comes before a malformed command still counts.
    ///
    /// @throws ProtocolException at the first malformed command, and for a frame without any
    void decodeCommands(byte[] frame, int from, int length, Consumer<? super Command> consumer);

    /// Decodes the replies of a frame in order, as [#decodeCommands] does. Pushes of a kind that is not known
    /// here are passed over.
    void decodeReplies(byte[] frame, int from, int length, Consumer<? super Reply> consumer);

    /// One command as it stands in a frame, without a delimiter before or after it in JSON, with its length
    /// before it in Protobuf.
    byte[] encode(Command command);

    /// One reply as it stands in a frame; as for a command.
    byte[] encode(Reply reply);

    /// A frame of already encoded messages.
    byte[] join(List<byte[]> messages);
}
