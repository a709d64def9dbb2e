package io.jenkins.plugins.dbtslim.jenkins.page;

import hudson.model.Job;
import hudson.model.Run;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Which jobs have slim builds. Jenkins asks for the actions of a job again and again; the answer is looked up once, in its
 * newest builds, and becomes true as soon as a slim build begins.
 */
@Restricted(NoExternalUse.class)
public final class SlimJobs {
    private static final int BUILDS = 10;
    private static final Map<Job<?, ?>, Boolean> KNOWN = Collections.synchronizedMap(new WeakHashMap<>());

    private SlimJobs() {}

    static void note(Job<?, ?> job) {
        KNOWN.put(job, true);
    }

    /** Whether one of the newest builds is or was a slim build. */
    public static boolean isOne(Job<?, ?> job) {
        Boolean known = KNOWN.get(job);
        if (known == null) {
            known = look(job);
            KNOWN.putIfAbsent(job, known);
        }
        return known;
    }

    private static boolean look(Job<?, ?> job) {
        Run<?, ?> build = job.getLastBuild();
        for (int i = 0; i < BUILDS && build != null; i++) {
            if (!build.getActions(SlimAction.class).isEmpty()) {
                return true;
            }
            build = build.getPreviousBuild();
        }
        return false;
    }
}
