package io.jenkins.plugins.dbtslim.jenkins.step.bluegreen;

import hudson.Extension;
import hudson.model.Run;
import io.jenkins.plugins.dbtslim.dbt.DeploymentOrder;
import io.jenkins.plugins.dbtslim.dbt.DeploymentOrder.Action;
import io.jenkins.plugins.dbtslim.jenkins.FormText;
import io.jenkins.plugins.dbtslim.jenkins.StepBuilder;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.engine.FreestyleRun;
import io.jenkins.plugins.dbtslim.jenkins.step.publish.PublishStep;
import io.jenkins.plugins.dbtslim.jenkins.store.FetchedState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code dbtBlueGreenPrepare(target: 'production', credentialsId: 'mz')}: builds the project beside production, waits until
 * that is ready, and says what a swap would do.
 */
@Restricted(NoExternalUse.class)
public final class PrepareStep extends WaitingStep {
    private static final long serialVersionUID = 1L;
    private static final int MINUTES = 60;
    private static final int SECONDS = 15;
    // Objects, because XStream leaves a field null that a stored job does not name.
    private Integer timeLimit = MINUTES;
    private Integer pollSeconds = SECONDS;
    private boolean dropExisting;
    private Boolean copyPrivileges = true;
    private boolean slim;
    private ArrayList<String> alsoChanged = new ArrayList<>();

    @DataBoundConstructor
    public PrepareStep() {}

    /** Minutes that the clusters may take to get ready. */
    public int getTimeLimit() {
        return timeLimit;
    }

    @DataBoundSetter
    public void setTimeLimit(int timeLimit) {
        this.timeLimit = timeLimit;
    }

    /** Seconds between two looks at the clusters. */
    public int getPollSeconds() {
        return pollSeconds;
    }

    @DataBoundSetter
    public void setPollSeconds(int pollSeconds) {
        this.pollSeconds = pollSeconds;
    }

    /** Whether schemas and clusters that no deployment of ours made are dropped first. */
    public boolean isDropExisting() {
        return dropExisting;
    }

    @DataBoundSetter
    public void setDropExisting(boolean dropExisting) {
        this.dropExisting = dropExisting;
    }

    /** Whether what production's objects were granted is granted to their successors before the swap. */
    public boolean isCopyPrivileges() {
        return copyPrivileges;
    }

    @DataBoundSetter
    public void setCopyPrivileges(boolean copyPrivileges) {
        this.copyPrivileges = copyPrivileges;
    }

    /** Whether only the schemas and clusters that the change reaches are staged. */
    public boolean isSlim() {
        return slim;
    }

    @DataBoundSetter
    public void setSlim(boolean slim) {
        this.slim = slim;
    }

    /** What else counts as a change with {@code slim}, although dbt does not see it: {@code vars}, {@code env}. */
    public List<String> getAlsoChanged() {
        return alsoChanged;
    }

    @DataBoundSetter
    public void setAlsoChanged(List<String> alsoChanged) {
        this.alsoChanged = new ArrayList<>(FormText.lines(alsoChanged));
    }

    @Override
    List<String> alsoChanged() {
        return alsoChanged;
    }

    @Override
    String defaultId() {
        return "dbt-blue-green";
    }

    @Override
    PublishStep publishing(Run<?, ?> run) {
        return getPublish();
    }

    @Override
    DeploymentOrder order(Run<?, ?> run, DeployedManifest manifest) throws IOException, InterruptedException {
        if (manifest != null) {
            manifest.begin();
        }
        return DeploymentOrder.of(Action.PREPARE, null)
                .seeing(FetchedState.seen(run))
                .waiting(60.0 * timeLimit, pollSeconds, getLagThreshold())
                .droppingExisting(dropExisting)
                .copyingPrivileges(copyPrivileges)
                .slim(slim);
    }

    /**
     * Name, defaults and form helpers. It comes before the builder of the same symbol: of two with one name, the Snippet Generator
     * offers the first.
     */
    @Extension(ordinal = 1)
    public static final class DescriptorImpl extends WaitingDescriptor<PrepareStep> {
        @Override
        public String getFunctionName() {
            return "dbtBlueGreenPrepare";
        }

        @Override
        public String getDisplayName() {
            return Messages.PrepareStep_displayName();
        }

        @Override
        public PrepareStep getDefaults() {
            return new PrepareStep();
        }
    }

    /** The same as a freestyle build step. */
    public static final class FreestyleBuilder extends StepBuilder {
        private final PrepareStep options;

        @DataBoundConstructor
        public FreestyleBuilder(PrepareStep options) {
            this.options = options;
        }

        /** The options, which are those of the Pipeline step. */
        public PrepareStep getOptions() {
            return options;
        }

        @Override
        protected void perform(StepSite site) throws InterruptedException, IOException {
            FreestyleRun.perform(new DeploymentWork(options), site);
        }

        /** Offers it in freestyle jobs. */
        @Extension
        @Symbol("dbtBlueGreenPrepare")
        public static final class DescriptorImpl extends OptionsBuilderDescriptor {
            @Override
            public String getDisplayName() {
                return Messages.PrepareStep_displayName();
            }
        }
    }
}
