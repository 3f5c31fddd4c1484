package dev.heliograph.console.desktop.ui;

import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/// A state as an operator sees it: an icon, a word and a colour, so that none of them is needed to tell the others.
///
/// @param word as the operator reads it
/// @param tone its colour
/// @param icon beside the word
public record Status(String word, Tone tone, Ikon icon) {

    /// With the icon that goes with the tone.
    public static Status of(String word, Tone tone) {
        return new Status(
                word,
                tone,
                switch (tone) {
                    case NEUTRAL -> Feather.CIRCLE;
                    case INFO -> Feather.INFO;
                    case GOOD -> Feather.CHECK_CIRCLE;
                    case WARNING -> Feather.ALERT_TRIANGLE;
                    case BAD -> Feather.ALERT_OCTAGON;
                });
    }
}
