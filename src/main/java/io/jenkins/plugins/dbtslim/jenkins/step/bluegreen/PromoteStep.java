package io.jenkins.plugins.dbtslim.jenkins.step.bluegreen;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Run;
import io.jenkins.plugins.dbtslim.dbt.DeploymentOrder;
import io.jenkins.plugins.dbtslim.dbt.DeploymentOrder.Action;
import io.jenkins.plugins.dbtslim.dbt.result.DeploymentState;
import io.jenkins.plugins.dbtslim.jenkins.FormText;
import io.jenkins.plugins.dbtslim.jenkins.StepBuilder;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.engine.FreestyleRun;
import io.jenkins.plugins.dbtslim.jenkins.step.publish.PublishStep;
import java.io.IOException;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code dbtBlueGreenPromote(target: 'production', credentialsId: 'mz')}: swaps what was prepared into production, once. */
@Restricted(NoExternalUse.class)
public final class PromoteStep extends WaitingStep {
    private static final long serialVersionUID = 1L;
    private static final int MINUTES = 10;
    private static final int SECONDS = 5;
    private String token;
    // Objects, because XStream leaves a field null that a stored job does not name.
    private Integer timeLimit = MINUTES;
    private Integer maxRetries;

    @DataBoundConstructor
    public PromoteStep() {}

    /** The token of the prepared deployment, or null for the one that this build prepared. */
    @CheckForNull
    public String getToken() {
        return token;
    }

    @DataBoundSetter
    public void setToken(String token) {
        this.token = FormText.orNull(token);
    }

    /** Minutes that the clusters may take to be ready once more. */
    public int getTimeLimit() {
        return timeLimit;
    }

    @DataBoundSetter
    public void setTimeLimit(int timeLimit) {
        this.timeLimit = timeLimit;
    }

    /** Attempts after the first, each after a conflict with other DDL; null for as many as the time limit allows. */
    public Integer getMaxRetries() {
        return maxRetries;
    }

    @DataBoundSetter
    public void setMaxRetries(Integer maxRetries) {
        this.maxRetries = maxRetries;
    }

    @Override
    String defaultId() {
        return "dbt-blue-green-promote";
    }

    private String token(Run<?, ?> run) {
        return token == null ? PreparedToken.of(run) : token;
    }

    @Override
    PublishStep publishing(Run<?, ?> run) {
        return getPublish() == null ? PreparedToken.publishing(run) : getPublish();
    }

    @Override
    DeploymentOrder order(Run<?, ?> run, DeployedManifest manifest) throws IOException, InterruptedException {
        DeploymentOrder order = DeploymentOrder.of(Action.PROMOTE, token(run))
                .waiting(60.0 * timeLimit, SECONDS, getLagThreshold())
                .retrying(maxRetries);
        return manifest == null ? order : order.objecting(manifest.objection(token(run)));
    }

    @Override
    Map<String, Object> publish(Run<?, ?> run, DeployedManifest manifest, DeploymentState state, String file)
            throws IOException, InterruptedException {
        return manifest == null ? null : manifest.publish(token(run), state.deployment(), file);
    }

    /**
     * Name, defaults and form helpers. It comes before the builder of the same symbol: of two with one name, the Snippet Generator
     * offers the first.
     */
    @Extension(ordinal = 1)
    public static final class DescriptorImpl extends WaitingDescriptor<PromoteStep> {
        @Override
        public String getFunctionName() {
            return "dbtBlueGreenPromote";
        }

        @Override
        public String getDisplayName() {
            return Messages.PromoteStep_displayName();
        }

        @Override
        public PromoteStep getDefaults() {
            return new PromoteStep();
        }
    }

    /** The same as a freestyle build step. */
    public static final class FreestyleBuilder extends StepBuilder {
        private final PromoteStep options;

        @DataBoundConstructor
        public FreestyleBuilder(PromoteStep options) {
            this.options = options;
        }

        /** The options, which are those of the Pipeline step. */
        public PromoteStep getOptions() {
            return options;
        }

        @Override
        protected void perform(StepSite site) throws InterruptedException, IOException {
            FreestyleRun.perform(new DeploymentWork(options), site);
        }

        /** Offers it in freestyle jobs. */
        @Extension
        @Symbol("dbtBlueGreenPromote")
        public static final class DescriptorImpl extends OptionsBuilderDescriptor {
            @Override
            public String getDisplayName() {
                return Messages.PromoteStep_displayName();
            }
        }
    }
}
