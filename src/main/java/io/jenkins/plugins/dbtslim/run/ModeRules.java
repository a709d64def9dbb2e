package io.jenkins.plugins.dbtslim.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.dbt.Mode;
import io.jenkins.plugins.dbtslim.dbt.Operation;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import java.util.List;

/** What holds where an option is not given: by the mode, by whether there is a state, and by the target. */
public final class ModeRules {
    private ModeRules() {}

    /**
     * Whether what is not built is read from production: in production itself there is nothing to read from elsewhere.
     *
     * @param compares whether there is a state
     * @param target or null for the profile's own
     * @param said the option, or null
     */
    public static boolean defers(Mode mode, boolean compares, @CheckForNull String target, @CheckForNull Boolean said) {
        return said != null ? said : compares && !Mode.deploy.target().equals(target) && mode.defers();
    }

    /**
     * Whether production is read although the target has a relation of that name, too.
     *
     * @param said the option, or null
     */
    public static boolean favorsState(Mode mode, boolean defers, @CheckForNull Boolean said) {
        return said != null ? said : defers && mode.favorsState();
    }

    /**
     * What runs before the build.
     *
     * @param tag of the environment, or null
     * @param said the option; none where it is not given
     */
    public static List<Operation> operations(Mode mode, @CheckForNull String tag, List<Operation> said) {
        return said.isEmpty() ? mode.operations(tag) : said;
    }

    /**
     * What a deploy that failed leaves in production unsaid, where its own run publishes nothing: a commit that takes the
     * change back would find nothing to do.
     *
     * @param built models, seeds and snapshots that it built
     * @param publishes whether the run publishes what is true of it
     * @return a sentence, or null where there is nothing to say
     */
    @CheckForNull
    public static String unpublished(Mode mode, RunStatus status, long built, boolean publishes) {
        return publishes || mode != Mode.deploy || status.isOk() || built == 0
                ? null
                : "This deploy built " + built + (built == 1 ? " node" : " nodes") + " before it failed, and"
                        + " production's manifest does not say so yet: publish what it kept (or let the build do so: option"
                        + " publish), or a change that is taken back now stays in production.";
    }
}
