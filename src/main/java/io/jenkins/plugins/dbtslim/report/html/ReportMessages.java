package io.jenkins.plugins.dbtslim.report.html;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/** The words of reports, pictures and pages, from {@code ReportMessages.properties}. */
public final class ReportMessages {
    private static final ResourceBundle WORDS = ResourceBundle.getBundle(
            ReportMessages.class.getName(), Locale.ROOT, ReportMessages.class.getClassLoader());

    private ReportMessages() {}

    /** The text of a key, with arguments as {@link MessageFormat} places them. */
    public static String get(String key, Object... arguments) {
        String text = WORDS.getString(key);
        boolean plain = arguments.length == 0 && text.indexOf('{') < 0 && text.indexOf('\'') < 0;
        return plain ? text : new MessageFormat(text, Locale.ENGLISH).format(arguments);
    }

    /** The text of a key that comes from data; the word itself where we have no text for it. */
    public static String word(String prefix, String word) {
        try {
            return WORDS.getString(prefix + "." + word);
        } catch (MissingResourceException e) {
            return word.replace('_', ' ');
        }
    }

    /** A whole number as people read it: {@code 12,345}. */
    public static String count(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }

    /** Seconds as people read them: {@code 20 ms}, {@code 0.4 s}, {@code 12 s}, {@code 6 min 52 s}, {@code 2 h 5 min}. */
    public static String duration(double seconds) {
        if (seconds > 0 && seconds < 0.095) {
            return get("duration.millis", Math.max(1, Math.round(seconds * 1000)));
        }
        if (seconds < 9.95) {
            return get("duration.seconds", String.format(Locale.ENGLISH, "%.1f", seconds));
        }
        long whole = Math.round(seconds);
        if (whole < 60) {
            return get("duration.seconds", whole);
        }
        if (whole < 3600) {
            return get("duration.minutes", whole / 60, whole % 60);
        }
        return get("duration.hours", whole / 3600, whole % 3600 / 60);
    }
}
