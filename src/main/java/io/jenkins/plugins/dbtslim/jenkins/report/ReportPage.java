package io.jenkins.plugins.dbtslim.jenkins.report;

import hudson.model.Item;
import java.io.File;

/** The report of one run as a page shows it: read from its file for one request. */
public final class ReportPage {
    private final SlimAction action;

    ReportPage(SlimAction action) {
        this.action = action;
    }

    private File file() {
        return Reports.file(action.getRun(), action.getId());
    }

    /** Whether there is a report to show. */
    public boolean isThere() {
        return file().isFile();
    }

    /** Whether the user may see SQL and messages of the database: whoever may see the workspace. */
    public boolean isCodeVisible() {
        return action.getRun().getParent().hasPermission(Item.WORKSPACE);
    }

    /** The line for the page of the build, already escaped; without numbers the words for the state. */
    public String getLine() {
        return hudson.Util.escape(action.getState().getLabel());
    }
}
