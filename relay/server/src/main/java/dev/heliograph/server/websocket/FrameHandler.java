package dev.heliograph.server.websocket;

/// What a [FrameDecoder] found. Called in the order of the bytes.
public interface FrameHandler {

    /// A whole message, its fragments joined and unmasked; text is valid UTF-8.
    ///
    /// @param payload the receiver's own
    void onMessage(boolean text, byte[] payload);

    void onPing(byte[] payload);

    void onPong(byte[] payload);

    /// The peer's close frame; nothing comes after it.
    ///
    /// @param code [CloseCode#NO_STATUS] if it had none
    void onClose(int code, String reason);
}
