package io.jenkins.plugins.dbtslim.change;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.io.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which environments are a change request's own. Only those may its builds work in, and only those are dropped when it is
 * closed: a tag that its checkout could choose freely would let it name those of others and production.
 *
 * @param change number of the change request, or null for a build of none
 * @param patterns further tags with {@value #NUMBER} in the place of the number, besides {@code gh_ci_…}
 */
public record ChangeTags(@CheckForNull String change, List<String> patterns) {
    /** Stands for the change request's number. */
    public static final String NUMBER = "{CHANGE_ID}";

    private static final String DEFAULT = "gh_ci_" + NUMBER;

    /** All that this change request may use. */
    private List<String> own() {
        List<String> own = new ArrayList<>();
        own.add(CiTag.ofChange(change));
        patterns.stream()
                .filter(pattern -> patternProblem(pattern) == null)
                .map(pattern -> filled(pattern, change))
                .forEach(own::add);
        return own;
    }

    /** Whether the tag belongs to this change request and to no other; unquoted names know no case. */
    public boolean owns(String tag) {
        return change != null && tag != null && own().stream().anyMatch(tag::equalsIgnoreCase);
    }

    /**
     * Refuses in a change request's build what is not its own; a build of no change request may name any.
     *
     * @throws UserException with a sentence
     */
    public void require(String tag) throws UserException {
        if (change != null && tag != null && !owns(tag)) {
            throw new UserException("The environment \"" + tag + "\" does not belong to change request " + change
                    + ": its builds may use " + own().stream().distinct().collect(Collectors.joining(" or "))
                    + "; an administrator can allow further tags in the global configuration.");
        }
    }

    /** One sentence that says why this cannot be a pattern, or null if it can. */
    @CheckForNull
    public static String patternProblem(String pattern) {
        if (!pattern.contains(NUMBER)) {
            return "\"" + pattern + "\" is the same for all change requests: write " + NUMBER
                    + " where their number is to be, as in " + DEFAULT + ".";
        }
        return CiTag.problem(filled(pattern, "1"));
    }

    private static String filled(String pattern, String number) {
        return pattern.replace(NUMBER, CiTag.number(number));
    }
}
