package io.jenkins.plugins.dbtslim.jenkins.bluegreen;

import hudson.model.Run;
import io.jenkins.plugins.dbtslim.dbt.DeploymentOrder;
import io.jenkins.plugins.dbtslim.jenkins.Texts;
import io.jenkins.plugins.dbtslim.jenkins.build.BuildChecks;
import io.jenkins.plugins.dbtslim.jenkins.build.BuildExecution;
import io.jenkins.plugins.dbtslim.jenkins.dbt.DbtStep;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundSetter;

/** What the steps of a blue/green deployment have in common. */
public abstract class BlueGreenStep extends DbtStep {
    private static final long serialVersionUID = 1L;
    private String id = defaultId();

    /** Id of this run within the build: the last part of its page's address. */
    public String getId() {
        return id;
    }

    @DataBoundSetter
    public void setId(String id) {
        this.id = Texts.orDefault(id, defaultId());
    }

    abstract String defaultId();

    @Override
    public void check() {
        super.check();
        BuildChecks.requireId(id);
    }

    /** What the driver is to do, by the options and by what the build did before. */
    abstract DeploymentOrder order(Run<?, ?> run);

    @Override
    protected void fillDefaults() {
        super.fillDefaults();
        id = Texts.orDefault(id, defaultId());
    }

    @Override
    public StepExecution start(StepContext context) {
        return new BuildExecution(context, new DeploymentWork(this));
    }
}
