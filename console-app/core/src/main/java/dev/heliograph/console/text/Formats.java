package dev.heliograph.console.text;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/// Numbers and measures as operators read them: English, with the unit after a space, and no more digits than say
/// something. What is not a number reads as a dash.
///
/// For times and lengths of time see the classes beside this one.
public final class Formats {

    /// Where a number would stand that there is none of.
    public static final String NONE = "–";

    private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
    private static final String[] DECIMAL = {"", "k", "M", "G", "T"};

    private Formats() {}

    /// `12,345`.
    public static String count(long number) {
        return decimal("#,##0", number);
    }

    /// `1 connection`, `12,345 connections`: with the message for one or for many, which gets the number.
    public static String count(long number, String one, String many) {
        return Messages.text(number == 1 ? one : many, count(number));
    }

    /// `512 B`, `1.5 KiB`, `20 MiB`: with binary units, and a decimal place below 10 of them.
    public static String bytes(double bytes) {
        if (!Double.isFinite(bytes)) {
            return NONE;
        }
        double scaled = Math.abs(bytes);
        int unit = 0;
        // 1,023.6 KiB would round to 1,024 KiB, which nobody writes.
        while (scaled >= 1023.5 && unit < BINARY.length - 1) {
            scaled /= 1024;
            unit++;
        }
        String number = unit == 0 ? decimal("0", scaled) : short3(scaled);
        return (bytes < 0 ? "-" : "") + number + " " + BINARY[unit];
    }

    /// `12/s`, `0.4/s`, `12,345/s`.
    public static String rate(double perSecond) {
        return Double.isFinite(perSecond) ? number(perSecond) + "/s" : NONE;
    }

    /// `1.5 KiB/s`.
    public static String byteRate(double perSecond) {
        return Double.isFinite(perSecond) ? bytes(perSecond) + "/s" : NONE;
    }

    /// `350 µs`, `1.2 ms`, `340 ms`, `2.1 s`: for latencies.
    public static String millis(double millis) {
        if (!Double.isFinite(millis)) {
            return NONE;
        }
        double size = Math.abs(millis);
        if (size > 0 && size < 0.9995) {
            return decimal("0", millis * 1000) + " µs";
        }
        return size < 999.5 ? short3(millis) + " ms" : short3(millis / 1000) + " s";
    }

    /// `3.1 %` of a share between 0 and 1; `< 0.1 %` for what is little but not nothing.
    public static String percent(double share) {
        if (!Double.isFinite(share)) {
            return NONE;
        }
        double percent = share * 100;
        if (percent > 0 && percent < 0.05) {
            return "< 0.1 %";
        }
        return decimal(Math.abs(percent) >= 100 ? "#,##0" : "0.#", percent) + " %";
    }

    /// The share that a part is of the whole; a dash if there is no whole.
    public static String percent(long part, long whole) {
        return whole == 0 ? NONE : percent((double) part / whole);
    }

    /// `0.42`, `1.5`, `12`, `12,345`: a measure without a unit.
    public static String number(double number) {
        if (!Double.isFinite(number)) {
            return NONE;
        }
        double size = Math.abs(number);
        return size == 0 || size >= 9.95 ? decimal("#,##0", number) : decimal(size < 0.95 ? "0.##" : "0.#", number);
    }

    /// `950`, `1.5 k`, `20 M`: short, for the ticks of an axis.
    public static String compact(double number) {
        if (!Double.isFinite(number)) {
            return NONE;
        }
        double scaled = Math.abs(number);
        int unit = 0;
        while (scaled >= 999.5 && unit < DECIMAL.length - 1) {
            scaled /= 1000;
            unit++;
        }
        String sign = number < 0 ? "-" : "";
        return unit == 0 ? sign + number(scaled) : sign + short3(scaled) + " " + DECIMAL[unit];
    }

    /// What a relay or a system says, with the full stop that it may lack, for another sentence to follow.
    public static String sentence(String said) {
        return said.isEmpty() || ".!?".indexOf(said.charAt(said.length() - 1)) >= 0 ? said : said + ".";
    }

    private static String short3(double number) {
        return decimal(Math.abs(number) < 9.95 ? "0.#" : "#,##0", number);
    }

    private static String decimal(String pattern, double number) {
        String text = new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ENGLISH)).format(number);
        return text.equals("-0") ? "0" : text;
    }
}
