package io.jenkins.plugins.dbtslim.jenkins.step.drop;

import hudson.Extension;
import io.jenkins.plugins.dbtslim.dbt.Operation;
import io.jenkins.plugins.dbtslim.jenkins.FormText;
import io.jenkins.plugins.dbtslim.jenkins.engine.DbtStep;
import io.jenkins.plugins.dbtslim.jenkins.engine.DbtStepExecution;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code dbtDropEnvironment(credentialsId: 'mz')}: drops the environment of a change request, or all that are left over. */
public final class DropStep extends DbtStep {
    private static final long serialVersionUID = 1L;
    private static final String MACRO = "drop_environment";
    private String ciTag;
    private boolean stale;
    private boolean dryRun;
    private String project;
    private String macro = MACRO;

    @DataBoundConstructor
    public DropStep() {}

    /** The environment's tag, or null for that of the build. */
    public String getCiTag() {
        return ciTag;
    }

    @DataBoundSetter
    public void setCiTag(String ciTag) {
        this.ciTag = FormText.orNull(ciTag);
    }

    /** Whether all environments are dropped whose change request has no job any more. */
    public boolean isStale() {
        return stale;
    }

    @DataBoundSetter
    public void setStale(boolean stale) {
        this.stale = stale;
    }

    /** Whether the log only says what would be dropped. */
    public boolean isDryRun() {
        return dryRun;
    }

    @DataBoundSetter
    public void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    /** Full name of the multibranch project whose environments are meant, or null for that of the build. */
    public String getProject() {
        return project;
    }

    @DataBoundSetter
    public void setProject(String project) {
        this.project = FormText.orNull(project);
    }

    /** The macro that drops the environment CI_TAG. */
    public String getMacro() {
        return macro;
    }

    @DataBoundSetter
    public void setMacro(String macro) {
        this.macro = FormText.orDefault(macro, MACRO);
    }

    @Override
    public void check() {
        super.check();
        Operation.parse(macro);
        if (stale && ciTag != null) {
            throw new IllegalArgumentException(Messages.DropStep_staleAndTag());
        }
    }

    private Object readResolve() {
        fillDefaults();
        macro = FormText.orDefault(macro, MACRO);
        return this;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new DbtStepExecution(context, new DropWork(this));
    }

    /** Jenkins finds the step of a descriptor by nesting. */
    @Extension
    public static final class DescriptorImpl extends DropDescriptor {}
}
