package io.jenkins.plugins.dbtslim.jenkins.step.slimbuild;

import io.jenkins.plugins.dbtslim.dbt.MaterializeOptions;
import io.jenkins.plugins.dbtslim.io.UserException;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundSetter;

/** The options of a build that matter on Materialize alone, where objects are dropped with all that reads from them. */
@Restricted(NoExternalUse.class)
public abstract class MaterializeStep extends ComparingStep {
    private static final long serialVersionUID = 1L;
    // Objects, because XStream leaves a field null that a stored job does not name.
    private Boolean copyPrivileges = true;
    private Integer replaceTimeLimit = MaterializeOptions.MINUTES;
    private boolean replace;

    /** Whether what was granted on an object is granted on the one that takes its place, on Materialize. */
    public boolean isCopyPrivileges() {
        return copyPrivileges;
    }

    @DataBoundSetter
    public void setCopyPrivileges(boolean copyPrivileges) {
        this.copyPrivileges = copyPrivileges;
    }

    /** Whether Materialize replaces materialized views in place where it can. */
    public boolean isReplace() {
        return replace;
    }

    @DataBoundSetter
    public void setReplace(boolean replace) {
        this.replace = replace;
    }

    /** Minutes that replacements may take to hydrate. */
    public int getReplaceTimeLimit() {
        return replaceTimeLimit;
    }

    @DataBoundSetter
    public void setReplaceTimeLimit(int replaceTimeLimit) {
        this.replaceTimeLimit = replaceTimeLimit;
    }

    MaterializeOptions materialize() throws UserException {
        return new MaterializeOptions(copyPrivileges, MaterializeOptions.minutes(replace, replaceTimeLimit), List.of());
    }
}
