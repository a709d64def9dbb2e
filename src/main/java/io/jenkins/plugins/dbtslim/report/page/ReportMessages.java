package io.jenkins.plugins.dbtslim.report.page;

import io.jenkins.plugins.dbtslim.state.Advice;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/** The words of our pages in one language, from {@code ReportMessages.properties}; English is the fall-back of every language. */
public final class ReportMessages {
    private static final String ADVICE = ReportMessages.class.getPackageName() + ".Advice";

    private final Locale locale;
    private final ResourceBundle bundle;

    public ReportMessages(Locale locale) {
        this.locale = locale;
        this.bundle = bundle(ReportMessages.class.getName(), locale);
    }

    private static ResourceBundle bundle(String name, Locale locale) {
        return ResourceBundle.getBundle(
                name, locale, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** The text of a key, with arguments as {@link MessageFormat} places them. */
    public String get(String key, Object... arguments) {
        String text = bundle.getString(key);
        boolean plain = arguments.length == 0 && text.indexOf('{') < 0 && text.indexOf('\'') < 0;
        return plain ? text : new MessageFormat(text, locale).format(arguments);
    }

    /** The text of a key that comes from data; the word itself where we have no text for it. */
    public String word(String prefix, String word) {
        try {
            return bundle.getString(prefix + "." + word);
        } catch (MissingResourceException e) {
            return word.replace('_', ' ');
        }
    }

    /** A sentence of the engine in our language, or in its own English where {@code Advice.properties} of that language has no words for it. */
    public String say(Advice advice) {
        if (advice.key() == null) {
            return advice.text();
        }
        try {
            String words = bundle(ADVICE, locale).getString(advice.key());
            return new MessageFormat(words, locale).format(advice.arguments().toArray());
        } catch (MissingResourceException e) {
            return advice.text();
        }
    }

    /** Seconds as people read them: {@code 0.4 s}, {@code 12 s}, {@code 6 min 52 s}, {@code 2 h 5 min}. */
    public String duration(double seconds) {
        if (seconds < 9.95) {
            return get("duration.seconds", String.format(locale, "%.1f", seconds));
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

    public Locale locale() {
        return locale;
    }
}
