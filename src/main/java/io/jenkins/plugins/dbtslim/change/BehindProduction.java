package io.jenkins.plugins.dbtslim.change;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.io.AgentLimits;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How far production is ahead of what is checked out, by the commit that it was published from: what others merged since then
 * differs from production too, and is none of this branch's changes.
 *
 * @param commits how many production has and the branch has not; negative where it has some and the history here does
 *     not tell how many
 * @param theirs files of the project, relative to it, that production changed since the two parted
 * @param own files that the branch changed
 * @param unknown why it is not known, or null
 */
public record BehindProduction(
        int commits,
        Set<String> theirs,
        Set<String> own,
        @CheckForNull String unknown) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The branch has all that production has, or nobody looked. */
    public static final BehindProduction NOT = new BehindProduction(0, Set.of(), Set.of(), null);

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,64}");

    public BehindProduction {
        theirs = Set.copyOf(theirs);
        own = Set.copyOf(own);
    }

    private static BehindProduction unknown(int commits, String why) {
        return new BehindProduction(commits, Set.of(), Set.of(), why);
    }

    /**
     * Asks git.
     *
     * @param project folder of the dbt project
     * @param commit that production was published from, or null
     */
    public static BehindProduction of(Path project, @CheckForNull String commit) throws InterruptedException {
        if (commit == null || !COMMIT.matcher(commit).matches()) {
            return unknown(0, "nobody noted the commit of production's manifest");
        }
        Checkout git = new Checkout(project);
        if (git.answer("rev-parse", "HEAD") == null) {
            return unknown(0, "git knows no commit in " + project);
        }
        try {
            String base = git.ask("merge-base", "HEAD", commit).strip();
            int count = Integer.parseInt(
                    git.ask("rev-list", "--count", "HEAD.." + commit, "--").strip());
            if (count == 0) {
                return NOT;
            }
            Set<String> theirs = files(git, base, commit);
            Set<String> own = files(git, base, "HEAD");
            return theirs.size() + own.size() > AgentLimits.NODES
                    ? unknown(-1, "more than " + AgentLimits.NODES + " files differ")
                    : new BehindProduction(count, theirs, own, null);
        } catch (IOException | NumberFormatException e) {
            // A branch that has the commit has it here: only a shallow clone knows less than the branch.
            boolean shallow = !"false\n".equals(git.answer("rev-parse", "--is-shallow-repository"));
            return unknown(
                    -1,
                    "production's commit " + commit + " is not in this checkout"
                            + (shallow
                                    ? ", which has not the whole history (git fetch --unshallow gets it)"
                                    : ", which may have fetched this branch alone: have it fetch production's branch,"
                                            + " too"));
        }
    }

    private static Set<String> files(Checkout git, String from, String to) throws IOException, InterruptedException {
        return new HashSet<>(Arrays.asList(
                git.ask("diff", "--name-only", "-z", "--relative", "--no-renames", "--no-ext-diff", from, to, "--")
                        .split("\0")));
    }

    /** How things are, in one sentence. */
    public String sentence() {
        return unknown == null
                ? "Production is " + commits + (commits == 1 ? " commit" : " commits") + " ahead of this branch."
                : "Whether production is ahead of this branch is not known: " + unknown + ".";
    }
}
