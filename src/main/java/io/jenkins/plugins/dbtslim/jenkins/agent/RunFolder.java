package io.jenkins.plugins.dbtslim.jenkins.agent;

import hudson.FilePath;
import hudson.slaves.WorkspaceList;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * The folder of one run on the agent: {@code <workspace>@tmp/dbt-slim/<build>/<id>}. It is not in the workspace, so that
 * no checkout and no archive sees it; a later build in the same workspace removes it.
 */
@Restricted(NoExternalUse.class)
public final class RunFolder {
    /** What the driver keeps, below the folder. */
    public static final String KEPT = "kept";

    /** Where dbt writes its log. */
    public static final String LOGS = "logs";

    private RunFolder() {}

    /** The folder of the run with that id within its build. */
    public static FilePath of(FilePath workspace, int build, String id) {
        FilePath temporary = WorkspaceList.tempDir(workspace);
        FilePath base = temporary == null ? workspace.child(".dbt-slim") : temporary.child("dbt-slim");
        return base.child(Integer.toString(build)).child(id);
    }
}
