package io.jenkins.plugins.dbtslim.change;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.io.UserException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of a change request's environment, which dbt gets as CI_TAG. Macros make names of schemas and clusters of it,
 * often without quotes, and others drop what is called so. So it is what PostgreSQL and Materialize take as a name without
 * quotes, at most 63 characters long (PostgreSQL's NAMEDATALEN), and no name that the database itself has in use.
 */
public final class CiTag {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");
    private static final Pattern TAKEN = Pattern.compile("public|information_schema|(pg|mz)_.*");

    private CiTag() {}

    /** The tag of a change request: {@code gh_ci_42}. */
    public static String ofChange(String changeId) {
        return "gh_ci_" + number(changeId);
    }

    /** As much of a change request's number as can be part of a tag. */
    static String number(String changeId) {
        return changeId.strip().replaceAll("[^A-Za-z0-9_]", "_");
    }

    /** One sentence that says why this cannot be a tag, or null if it can. */
    @CheckForNull
    public static String problem(String tag) {
        if (!NAME.matcher(tag).matches()) {
            return "\"" + tag
                    + "\" cannot be a CI tag: it becomes part of the names of schemas and clusters, so it is a"
                    + " letter or underscore, then letters, digits and underscores, at most 63 in all.";
        }
        if (TAKEN.matcher(tag.toLowerCase(Locale.ROOT)).matches()) {
            return "\"" + tag + "\" cannot be a CI tag: the database itself uses the names public, information_schema,"
                    + " pg_… and mz_….";
        }
        return null;
    }

    /**
     * Gives the tag back.
     *
     * @throws UserException with the {@link #problem}
     */
    public static String require(String tag) throws UserException {
        String problem = problem(tag);
        if (problem != null) {
            throw new UserException(problem);
        }
        return tag;
    }
}
