package io.jenkins.plugins.dbtslim.jenkins.step.drop;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.dbtslim.change.CiTag;
import io.jenkins.plugins.dbtslim.dbt.Operation;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.jenkins.FormPermissions;
import io.jenkins.plugins.dbtslim.jenkins.FormText;
import io.jenkins.plugins.dbtslim.jenkins.StepBuilder;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.engine.DbtStep;
import io.jenkins.plugins.dbtslim.jenkins.engine.DbtStepDescriptor;
import io.jenkins.plugins.dbtslim.jenkins.engine.DbtStepExecution;
import io.jenkins.plugins.dbtslim.jenkins.engine.FreestyleRun;
import java.io.IOException;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code dbtDropEnvironment(credentialsId: 'mz')}: drops the environment of a change request, or all that are left over. */
@Restricted(NoExternalUse.class)
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
    @CheckForNull
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
    @CheckForNull
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
    public void check() throws UserException {
        super.check();
        Operation.parse(macro);
        if (stale && ciTag != null) {
            throw new UserException(Messages.DropStep_staleAndTag());
        }
    }

    @Override
    public StepExecution start(StepContext context) {
        return new DbtStepExecution(context, new DropWork(this));
    }

    /**
     * Name, defaults and form helpers. It comes before the builder of the same symbol: of two with one name, the Snippet Generator
     * offers the first.
     */
    @Extension(ordinal = 1)
    public static final class DescriptorImpl extends DbtStepDescriptor<DropStep> {
        @Override
        public String getFunctionName() {
            return "dbtDropEnvironment";
        }

        @Override
        public String getDisplayName() {
            return Messages.DropStep_displayName();
        }

        @Override
        public DropStep getDefaults() {
            return new DropStep();
        }

        /** A tag names schemas and clusters; variables of a build are put in later. */
        @POST
        public FormValidation doCheckCiTag(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter boolean stale) {
            String tag = FormText.orNull(value);
            if (tag == null || !FormPermissions.mayCheck(item)) {
                return FormValidation.ok();
            }
            String problem = stale ? Messages.DropStep_staleAndTag() : CiTag.problem(tag);
            return problem == null ? FormValidation.ok() : FormValidation.error(problem);
        }

        /** A macro is a name. */
        @POST
        public FormValidation doCheckMacro(@AncestorInPath Item item, @QueryParameter String value) {
            String macro = FormText.orNull(value);
            if (macro == null || !FormPermissions.mayCheck(item)) {
                return FormValidation.ok();
            }
            try {
                Operation.parse(macro);
                return FormValidation.ok();
            } catch (UserException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }

    /** The same as a freestyle build step. */
    public static final class FreestyleBuilder extends StepBuilder {
        private final DropStep options;

        @DataBoundConstructor
        public FreestyleBuilder(DropStep options) {
            this.options = options;
        }

        /** The options, which are those of the Pipeline step. */
        public DropStep getOptions() {
            return options;
        }

        @Override
        protected void perform(StepSite site) throws InterruptedException, IOException {
            FreestyleRun.perform(new DropWork(options), site);
        }

        /** Offers it in freestyle jobs. */
        @Extension
        @Symbol("dbtDropEnvironment")
        public static final class DescriptorImpl extends OptionsBuilderDescriptor {
            @Override
            public String getDisplayName() {
                return Messages.DropStep_displayName();
            }
        }
    }
}
