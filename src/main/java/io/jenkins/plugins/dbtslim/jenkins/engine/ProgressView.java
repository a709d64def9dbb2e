package io.jenkins.plugins.dbtslim.jenkins.engine;

import hudson.model.Run;
import io.jenkins.plugins.dbtslim.jenkins.agent.RunFolder;
import io.jenkins.plugins.dbtslim.jenkins.page.PreviousSeconds;
import io.jenkins.plugins.dbtslim.jenkins.page.ProgressWatcher;
import io.jenkins.plugins.dbtslim.jenkins.page.SlimAction;
import java.io.IOException;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Lets the page of a build show how far its dbt is, with an estimate by the last timings known. */
final class ProgressView {
    private static final Logger LOGGER = Logger.getLogger(ProgressView.class.getName());

    private ProgressView() {}

    /** Begins to look; after a restart of the controller again. */
    static void begin(Run<?, ?> run, PreparedRun prepared) {
        for (SlimAction action : run.getActions(SlimAction.class)) {
            if (action.getId().equals(prepared.id())) {
                ProgressWatcher.begin(
                        () -> prepared.folder().find().child(RunFolder.KEPT),
                        former(run),
                        action::isRunning,
                        action::show);
            }
        }
    }

    private static Map<String, Double> former(Run<?, ?> run) {
        try {
            return PreviousSeconds.of(run);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "no former timings for " + run, e);
            return Map.of();
        }
    }
}
