package dev.heliograph.console.desktop.ui;

/// How something stands; the colour that goes with a word, never without one.
public enum Tone {
    /// Nothing to say about it.
    NEUTRAL,
    /// Worth knowing.
    INFO,
    /// As it should be.
    GOOD,
    /// Should be looked at.
    WARNING,
    /// Must be looked at.
    BAD;

    /// Of its colours in the stylesheet.
    public String styleClass() {
        return "tone-" + name().toLowerCase(java.util.Locale.ROOT);
    }
}
