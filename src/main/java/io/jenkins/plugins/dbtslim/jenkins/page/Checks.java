package io.jenkins.plugins.dbtslim.jenkins.page;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionList;
import hudson.model.Run;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.jenkins.page.CheckKind.Check;
import io.jenkins.plugins.dbtslim.jenkins.page.CheckKind.End;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Publishes what came of a slim build as a check. A code host that cannot be reached troubles no build. */
@Restricted(NoExternalUse.class)
public final class Checks {
    private static final Logger LOGGER = Logger.getLogger(Checks.class.getName());

    private Checks() {}

    /**
     * Publishes it by every plugin that can.
     *
     * @param name of the check, or null for one made of the id
     * @param markdown the report in short, or null if there is none
     */
    public static void publish(
            Run<?, ?> run, @CheckForNull String name, SlimAction action, @CheckForNull String markdown, String url) {
        for (CheckKind kind : ExtensionList.lookup(CheckKind.class)) {
            try {
                kind.publish(run, check(name, action, markdown, url));
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, "cannot publish a check of " + run, e);
            }
        }
    }

    static Check check(String name, SlimAction action, String markdown, String url) {
        String named = name != null ? name : defaultName(action.getId());
        String title = action.getPage().getSentence();
        ActionPublication publication = action.getPublication();
        End end = publication != null && publication.isFailed() ? End.FAILURE : end(action.getState());
        return new Check(named, end, title, markdown == null ? title : markdown, url);
    }

    private static String defaultName(String id) {
        return id.equals(SlimAction.DEFAULT_ID) ? "dbt slim build" : "dbt slim build (" + id + ")";
    }

    private static End end(RunStatus state) {
        return switch (state) {
            case SUCCESS -> End.SUCCESS;
            case NOTHING_TO_DO, RUNNING, COMPARED -> End.NEUTRAL;
            case FAILURE, ERROR -> End.FAILURE;
            case ABORTED -> End.CANCELED;
        };
    }
}
