package io.jenkins.plugins.dbtslim.jenkins.bluegreen;

import hudson.Extension;
import hudson.model.Run;
import io.jenkins.plugins.dbtslim.dbt.DeploymentOrder;
import io.jenkins.plugins.dbtslim.dbt.DeploymentOrder.Action;
import io.jenkins.plugins.dbtslim.jenkins.Texts;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code dbtBlueGreenPromote(target: 'production', credentialsId: 'mz')}: swaps what was prepared into production, once. */
public final class PromoteStep extends BlueGreenStep {
    private static final long serialVersionUID = 1L;
    private static final int MINUTES = 10;
    private static final int RETRIES = 3;
    private static final int SECONDS = 5;
    private static final String LAG = "1s";
    private String token;
    // Objects, because XStream leaves a field null that a stored job does not name.
    private Integer timeLimit = MINUTES;
    private String lagThreshold = LAG;
    private Integer maxRetries = RETRIES;

    @DataBoundConstructor
    public PromoteStep() {}

    /** The token of the prepared deployment, or null for the one that this build prepared. */
    public String getToken() {
        return token;
    }

    @DataBoundSetter
    public void setToken(String token) {
        this.token = Texts.orNull(token);
    }

    /** Minutes that the clusters may take to be ready once more. */
    public int getTimeLimit() {
        return timeLimit;
    }

    @DataBoundSetter
    public void setTimeLimit(int timeLimit) {
        this.timeLimit = timeLimit;
    }

    /** How far behind a ready cluster may be, as an interval of Materialize. */
    public String getLagThreshold() {
        return lagThreshold;
    }

    @DataBoundSetter
    public void setLagThreshold(String lagThreshold) {
        this.lagThreshold = Texts.orDefault(lagThreshold, LAG);
    }

    /** Attempts after the first, each after a conflict with other changes of the catalogue. */
    public int getMaxRetries() {
        return maxRetries;
    }

    @DataBoundSetter
    public void setMaxRetries(int maxRetries) {
        this.maxRetries = maxRetries;
    }

    @Override
    String defaultId() {
        return "dbt-blue-green-promote";
    }

    @Override
    DeploymentOrder order(Run<?, ?> run) {
        return DeploymentOrder.of(Action.PROMOTE, token == null ? PreparedToken.of(run) : token)
                .waiting(60.0 * timeLimit, SECONDS, lagThreshold)
                .retrying(maxRetries);
    }

    private Object readResolve() {
        fillDefaults();
        timeLimit = timeLimit == null ? MINUTES : timeLimit;
        lagThreshold = Texts.orDefault(lagThreshold, LAG);
        maxRetries = maxRetries == null ? RETRIES : maxRetries;
        return this;
    }

    /** Name, defaults and form helpers. */
    @Extension
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
}
