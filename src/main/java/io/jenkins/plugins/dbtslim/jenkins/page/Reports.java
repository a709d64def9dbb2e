package io.jenkins.plugins.dbtslim.jenkins.page;

import hudson.model.Run;
import io.jenkins.plugins.dbtslim.report.data.ReportException;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The slim builds of a build: attaches each once, under an id of its own. */
@Restricted(NoExternalUse.class)
public final class Reports {
    private static final Logger LOGGER = Logger.getLogger(Reports.class.getName());
    private static final String FOLDER = "dbt-slim";

    private Reports() {}

    /**
     * The action of a running step; attached at its first call.
     *
     * @param id wanted; a second run of the same id gets a number
     * @param key of the running step, the same after a restart of the controller
     */
    public static SlimAction attach(Run<?, ?> run, String id, String key) throws IOException {
        synchronized (run) {
            String free = id;
            int number = 1;
            for (SlimAction action : run.getActions(SlimAction.class)) {
                if (action.key().equals(key)) {
                    return action;
                }
            }
            while (isTaken(run, free)) {
                number++;
                free = id + "-" + number;
            }
            SlimAction action = new SlimAction(free, key);
            run.addAction(action);
            SlimJobs.note(run.getParent());
            run.save();
            return action;
        }
    }

    private static boolean isTaken(Run<?, ?> run, String id) {
        return run.getActions(SlimAction.class).stream()
                .anyMatch(action -> action.getId().equals(id));
    }

    /** The reports that a build has. */
    static List<File> all(Run<?, ?> run) {
        return run.getActions(SlimAction.class).stream()
                .map(action -> file(run, action.getId()))
                .filter(File::isFile)
                .toList();
    }

    /** The file of a report, in the build's folder so that it goes with the build; it need not exist. */
    public static File file(Run<?, ?> run, String id) {
        return new File(new File(run.getRootDir(), FOLDER), id + ".zip");
    }

    /** What to tell of a file that got damaged, or is not what an agent said: where it lies is the administrator's. */
    static String unreadable(Run<?, ?> run, String id, ReportException problem) {
        String why = problem.getMessage().replace(file(run, id).getPath(), "its file");
        LOGGER.log(Level.WARNING, "report {0} of {1}: {2}", new Object[] {id, run, problem.getMessage()});
        return "The report of this build cannot be shown: " + why.replace(": make the report again.", ": build again.");
    }
}
