package io.jenkins.plugins.dbtslim.dbt;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.io.UserException;
import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * A macro that runs before the build ({@code dbt run-operation}).
 *
 * @param macro name, or {@code package.name}
 * @param args its arguments as a YAML or JSON map, such as <code>{tag: pr_42}</code>; empty for none
 * @param optional true if a project without this macro is fine: the operation is left out then
 * @param target of the profile in which it runs, {@link #DEFAULT_TARGET} for the profile's own default, or null for the
 *     build's
 * @param tag value of CI_TAG while it runs, or null for that of the whole run
 */
public record Operation(
        String macro,
        String args,
        boolean optional,
        @CheckForNull String target,
        @CheckForNull String tag) implements Serializable {
    /** For {@link #target}: the one that the profile names as its default. */
    public static final String DEFAULT_TARGET = "";

    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)?");

    /** In the build's target. */
    public Operation(String macro, String args, boolean optional) {
        this(macro, args, optional, null, null);
    }

    /** The same in another target. */
    public Operation in(String otherTarget) {
        return new Operation(macro, args, optional, otherTarget, tag);
    }

    /** The same for another environment. */
    public Operation of(String otherTag) {
        return new Operation(macro, args, optional, target, otherTag);
    }

    /** Whether it drops what is called CI_TAG, by the name that the docs give such a macro. */
    public boolean dropsEnvironment() {
        return macro.endsWith("drop_environment");
    }

    /** Reads {@code NAME} or <code>NAME:{arg: value}</code>. */
    public static Operation parse(String text) throws UserException {
        int colon = text.indexOf(':');
        String macro = (colon < 0 ? text : text.substring(0, colon)).strip();
        if (!NAME.matcher(macro).matches()) {
            throw new UserException("'" + macro
                    + "' is not the name of a macro: give NAME or PACKAGE.NAME, letters, digits and underscores.");
        }
        return new Operation(macro, colon < 0 ? "" : text.substring(colon + 1).strip(), false);
    }
}
