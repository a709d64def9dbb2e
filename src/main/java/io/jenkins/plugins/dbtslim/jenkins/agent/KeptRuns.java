package io.jenkins.plugins.dbtslim.jenkins.agent;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The runs of dbt of a build that ended, so that what is published is what one of them did and nothing that lies about. */
@Restricted(NoExternalUse.class)
public final class KeptRuns extends InvisibleAction {
    private final List<KeptRun> runs = new ArrayList<>();

    /** Notes a run that ended; the same one once. */
    public static void note(Run<?, ?> build, KeptRun run) {
        synchronized (build) {
            KeptRuns noted = new KeptRuns();
            of(build).stream().filter(other -> !other.id().equals(run.id())).forEach(noted.runs::add);
            noted.runs.add(run);
            build.addOrReplaceAction(noted);
        }
    }

    /**
     * The run that a step means: the one that kept that manifest; without one the last of this workspace, because parallel
     * branches have workspaces of their own, else the last of the build.
     *
     * @param manifest path on the agent, or null
     * @return null if there is none
     */
    @CheckForNull
    public static KeptRun find(StepSite site, @CheckForNull String manifest) {
        if (manifest != null) {
            return last(site.run(), run -> manifest.equals(run.manifest()));
        }
        int build = site.run().getNumber();
        KeptRun here = last(site.run(), run -> run.isOf(site.workspace(), build));
        return here == null ? last(site.run(), run -> true) : here;
    }

    /** The run of that id, or null. */
    @CheckForNull
    public static KeptRun of(Run<?, ?> build, String id) {
        return last(build, run -> run.id().equals(id));
    }

    private static KeptRun last(Run<?, ?> build, Predicate<KeptRun> which) {
        return of(build).stream().filter(which).reduce((a, b) -> b).orElse(null);
    }

    private static List<KeptRun> of(Run<?, ?> build) {
        KeptRuns noted = build.getAction(KeptRuns.class);
        return noted == null ? List.of() : noted.runs;
    }
}
