package io.jenkins.plugins.dbtslim.change;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The commit that a build is of, as the code host knows it: a CI server that builds what comes of a change request's merge
 * makes the merge itself, in its own checkout, where nobody else can look it up.
 */
public final class BuiltCommit {
    private static final Pattern OWN_MERGE = Pattern.compile("Merge [^\\n]* into HEAD\\s*");

    private BuiltCommit() {}

    /**
     * Asks git.
     *
     * @param folder in the checkout
     * @param isChange whether a change request is built: then of a merge that was made here its head counts
     * @return null where git knows none
     */
    @CheckForNull
    public static String of(Path folder, boolean isChange) throws InterruptedException {
        String answer = new Checkout(folder).answer("log", "-1", "--format=%H %P%n%s");
        if (answer == null) {
            return null;
        }
        String[] lines = answer.split("\n", 2);
        String[] commits = lines[0].strip().split(" ", -1);
        boolean isOwnMerge =
                isChange && commits.length == 3 && OWN_MERGE.matcher(lines[1]).matches();
        return commits[isOwnMerge ? 1 : 0];
    }
}
