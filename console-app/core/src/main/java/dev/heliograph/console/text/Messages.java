package dev.heliograph.console.text;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/// Every text that an operator reads, by its key in `messages.properties`. Keys begin with the page that has them:
/// `bans.empty.title`. The patterns are those of [MessageFormat]: an apostrophe is written twice.
public final class Messages {

    private static final ResourceBundle BUNDLE = ResourceBundle.getBundle(
            "dev.heliograph.console.text.messages", Locale.ENGLISH, Messages.class.getModule());

    private Messages() {}

    /// @throws java.util.MissingResourceException for a key that is not in the bundle
    public static String text(String key, Object... arguments) {
        return new MessageFormat(BUNDLE.getString(key), Locale.ENGLISH).format(arguments);
    }

    /// Whether there is a text for this key.
    public static boolean has(String key) {
        return BUNDLE.containsKey(key);
    }
}
