package io.jenkins.plugins.dbtslim.jenkins.step.slimbuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.dbt.DataLimits;
import io.jenkins.plugins.dbtslim.io.UserException;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundSetter;

/** The options by which a build compares the data that it made with production's. */
@Restricted(NoExternalUse.class)
public abstract class ComparingStep extends CommandsStep {
    private static final long serialVersionUID = 1L;
    private boolean compareData;
    private boolean compareSamples;
    // Objects, because XStream leaves a field null that a stored job does not name.
    private Integer compareModels = DataLimits.DEFAULTS.models();
    private Integer compareSeconds = DataLimits.DEFAULTS.seconds();
    private Integer compareRows = DataLimits.DEFAULTS.rows();

    /** Whether the data of what was modified is compared with production's after the build. */
    public boolean isCompareData() {
        return compareData;
    }

    @DataBoundSetter
    public void setCompareData(boolean compareData) {
        this.compareData = compareData;
    }

    /** Whether some rows that changed are brought into the report. */
    public boolean isCompareSamples() {
        return compareSamples;
    }

    @DataBoundSetter
    public void setCompareSamples(boolean compareSamples) {
        this.compareSamples = compareSamples;
    }

    /** How many models are compared at most. */
    public int getCompareModels() {
        return compareModels;
    }

    @DataBoundSetter
    public void setCompareModels(int compareModels) {
        this.compareModels = compareModels;
    }

    /** How long data is compared at most. */
    public int getCompareSeconds() {
        return compareSeconds;
    }

    @DataBoundSetter
    public void setCompareSeconds(int compareSeconds) {
        this.compareSeconds = compareSeconds;
    }

    /** How many rows of a model are compared at most. */
    public int getCompareRows() {
        return compareRows;
    }

    @DataBoundSetter
    public void setCompareRows(int compareRows) {
        this.compareRows = compareRows;
    }

    /** How much data is compared, or null for none. */
    @CheckForNull
    DataLimits dataLimits() throws UserException {
        return compareData
                ? new DataLimits(compareModels, compareSeconds, compareRows, compareSamples).checked()
                : null;
    }
}
