package io.jenkins.plugins.dbtslim.jenkins;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What forms and scripts give, put into one shape. */
@Restricted(NoExternalUse.class)
public final class FormText {
    private FormText() {}

    /** The text without blanks around it, or null when nothing is left: an empty field is a field not set. */
    @CheckForNull
    public static String orNull(String text) {
        return text == null || text.isBlank() ? null : text.trim();
    }

    /** The text without blanks around it, or the default when nothing is left. */
    public static String orDefault(String text, String otherwise) {
        String trimmed = orNull(text);
        return trimmed == null ? otherwise : trimmed;
    }

    /** One entry a line without blanks around it: a script gives a list, a form one text with many lines. */
    public static List<String> lines(Collection<String> texts) {
        List<String> lines = new ArrayList<>();
        if (texts != null) {
            texts.forEach(text -> text.lines()
                    .map(String::trim)
                    .filter(line -> !line.isEmpty())
                    .forEach(lines::add));
        }
        return lines;
    }
}
