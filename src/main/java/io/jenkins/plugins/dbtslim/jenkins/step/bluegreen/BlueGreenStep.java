package io.jenkins.plugins.dbtslim.jenkins.step.bluegreen;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.Run;
import hudson.util.FormValidation;
import io.jenkins.plugins.dbtslim.dbt.DeploymentOrder;
import io.jenkins.plugins.dbtslim.dbt.result.DeploymentState;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.jenkins.FormPermissions;
import io.jenkins.plugins.dbtslim.jenkins.FormText;
import io.jenkins.plugins.dbtslim.jenkins.engine.DbtStep;
import io.jenkins.plugins.dbtslim.jenkins.engine.DbtStepDescriptor;
import io.jenkins.plugins.dbtslim.jenkins.engine.DbtStepExecution;
import io.jenkins.plugins.dbtslim.jenkins.engine.RunId;
import io.jenkins.plugins.dbtslim.jenkins.step.publish.PublishStep;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What the steps of a blue/green deployment have in common. */
@Restricted(NoExternalUse.class)
public abstract class BlueGreenStep extends DbtStep {
    private static final long serialVersionUID = 1L;
    private String id = defaultId();

    /** Id of this run within the build: the last part of its page's address. */
    public String getId() {
        return id;
    }

    @DataBoundSetter
    public void setId(String id) {
        this.id = FormText.orDefault(id, defaultId());
    }

    abstract String defaultId();

    /** What counts as a change although dbt does not see it. */
    List<String> alsoChanged() {
        return List.of();
    }

    @Override
    public void check() throws UserException {
        super.check();
        RunId.require(id);
    }

    /** How the manifest is published after the swap, or null. */
    @CheckForNull
    PublishStep publishing(Run<?, ?> run) {
        return null;
    }

    /**
     * What the driver is to do, by the options and by what the build did before.
     *
     * @param manifest that is to be published, or null
     */
    abstract DeploymentOrder order(Run<?, ?> run, @CheckForNull DeployedManifest manifest)
            throws IOException, InterruptedException;

    /**
     * What follows when the driver has done that; what was published, for scripts, or null.
     *
     * @param manifest that is to be published, or null
     * @param file on the agent
     */
    @CheckForNull
    Map<String, Object> publish(
            Run<?, ?> run, @CheckForNull DeployedManifest manifest, DeploymentState state, String file)
            throws IOException, InterruptedException {
        return null;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new DbtStepExecution(context, new DeploymentWork(this));
    }

    /**
     * The form's helpers of what the steps of a deployment have in common.
     *
     * @param <T> the step
     */
    public abstract static class BlueGreenDescriptor<T extends BlueGreenStep> extends DbtStepDescriptor<T> {
        /** An id becomes part of an address. */
        @POST
        public FormValidation doCheckId(@AncestorInPath Item item, @QueryParameter String value) {
            return FormPermissions.mayCheck(item) ? RunId.check(value) : FormValidation.ok();
        }
    }
}
