package dev.heliograph.server.websocket;

/// Keeps the last message, nothing else.
class LastMessage implements FrameHandler {

    int messages;
    byte[] last = new byte[0];

    @Override
    public void onMessage(boolean text, byte[] payload) {
        messages++;
        last = payload;
    }

    @Override
    public void onPing(byte[] payload) {}

    @Override
    public void onPong(byte[] payload) {}

    @Override
    public void onClose(int code, String reason) {}
}
