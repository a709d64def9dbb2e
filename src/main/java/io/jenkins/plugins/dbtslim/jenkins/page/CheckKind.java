package io.jenkins.plugins.dbtslim.jenkins.page;

import hudson.ExtensionPoint;
import hudson.model.Run;

/** Who can publish a check; without such a plugin there is none. */
public interface CheckKind extends ExtensionPoint {
    /**
     * What a check says.
     *
     * @param name of the check
     * @param end how the run ended
     * @param title one line
     * @param summary Markdown
     * @param url of the report
     */
    record Check(String name, End end, String title, String summary, String url) {}

    /** How a run ended, in the words of checks. */
    enum End {
        SUCCESS,
        NEUTRAL,
        FAILURE,
        CANCELED
    }

    /** Publishes the check at the commit of a build. */
    void publish(Run<?, ?> run, Check check);
}
