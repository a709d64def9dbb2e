package io.jenkins.plugins.dbtslim.jenkins.step.slimbuild;

import io.jenkins.plugins.dbtslim.jenkins.FormText;
import io.jenkins.plugins.dbtslim.jenkins.engine.DbtStep;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundSetter;

/** The options of a build that say what else dbt does in its process, and what else it goes by. */
@Restricted(NoExternalUse.class)
public abstract class CommandsStep extends DbtStep {
    private static final long serialVersionUID = 1L;
    private ArrayList<String> operations = new ArrayList<>();
    private ArrayList<String> before = new ArrayList<>();
    private ArrayList<String> after = new ArrayList<>();
    private boolean clone;
    private ArrayList<String> alsoChanged = new ArrayList<>();
    private ArrayList<String> keepParse = new ArrayList<>();

    /** Macros to run before the build. */
    public List<String> getOperations() {
        return operations;
    }

    @DataBoundSetter
    public void setOperations(List<String> operations) {
        this.operations = new ArrayList<>(FormText.lines(operations));
    }

    /** Commands of dbt that run before the build, one an entry. */
    public List<String> getBefore() {
        return before;
    }

    @DataBoundSetter
    public void setBefore(List<String> before) {
        this.before = new ArrayList<>(FormText.lines(before));
    }

    /** Commands of dbt that run after a build that went well, one an entry. */
    public List<String> getAfter() {
        return after;
    }

    @DataBoundSetter
    public void setAfter(List<String> after) {
        this.after = new ArrayList<>(FormText.lines(after));
    }

    /** Whether production's tables of incremental models that are to be built are cloned first. */
    public boolean isClone() {
        return clone;
    }

    @DataBoundSetter
    public void setClone(boolean clone) {
        this.clone = clone;
    }

    /** What else counts as a change, although dbt does not see it: {@code vars}, {@code env}. */
    public List<String> getAlsoChanged() {
        return alsoChanged;
    }

    @DataBoundSetter
    public void setAlsoChanged(List<String> alsoChanged) {
        this.alsoChanged = new ArrayList<>(FormText.lines(alsoChanged));
    }

    /** Targets whose parse is kept, and published with the manifest. */
    public List<String> getKeepParse() {
        return keepParse;
    }

    @DataBoundSetter
    public void setKeepParse(List<String> keepParse) {
        this.keepParse = new ArrayList<>(FormText.lines(keepParse));
    }
}
