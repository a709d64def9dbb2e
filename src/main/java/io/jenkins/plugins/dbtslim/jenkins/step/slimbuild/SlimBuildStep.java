package io.jenkins.plugins.dbtslim.jenkins.step.slimbuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.dbtslim.dbt.Guard;
import io.jenkins.plugins.dbtslim.dbt.Mode;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.jenkins.FormPermissions;
import io.jenkins.plugins.dbtslim.jenkins.FormText;
import io.jenkins.plugins.dbtslim.jenkins.StepBuilder;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.engine.DbtStepDescriptor;
import io.jenkins.plugins.dbtslim.jenkins.engine.DbtStepExecution;
import io.jenkins.plugins.dbtslim.jenkins.engine.FreestyleRun;
import io.jenkins.plugins.dbtslim.jenkins.engine.RunId;
import io.jenkins.plugins.dbtslim.jenkins.page.SlimAction;
import io.jenkins.plugins.dbtslim.jenkins.step.publish.PublishStep;
import io.jenkins.plugins.dbtslim.jenkins.step.publish.RunPublishing;
import io.jenkins.plugins.dbtslim.run.ModeRules;
import io.jenkins.plugins.dbtslim.run.OnBehind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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

/**
 * {@code dbtSlimBuild(credentialsId: 'mz')}: builds what was modified against production, and what depends on it. Longer
 * than other classes because each option is a field with a getter and a setter, which is what forms, Pipeline and Job DSL
 * bind to.
 */
@Restricted(NoExternalUse.class)
public final class SlimBuildStep extends MaterializeStep {
    private static final long serialVersionUID = 1L;
    private static final String MODIFIED = "state:modified+";
    private String select = MODIFIED;
    private String exclude;
    private String selector;
    private String state;
    // An object, because XStream leaves a field null that a stored job does not name.
    private Boolean defer = true;
    private boolean favorState;
    private String ciTag;
    private boolean fullRefresh;
    private boolean fullRefreshModified;
    private boolean failFast;
    private OnBehind onBehind = OnBehind.warn;
    private Verdict onNothingToDo = Verdict.success;
    private Verdict onError = Verdict.failure;
    private Verdict onTestFailure = Verdict.failure;
    private boolean reportOnly;
    private Mode mode = Mode.none;
    private ArrayList<String> allow = new ArrayList<>();
    private String id = SlimAction.DEFAULT_ID;
    private String junit;
    private String checksName;
    private boolean skipPublishingChecks;
    private PublishStep publish;

    @DataBoundConstructor
    public SlimBuildStep() {}

    /** What to build, in dbt's selection syntax. */
    public String getSelect() {
        return select;
    }

    @DataBoundSetter
    public void setSelect(String select) {
        this.select = FormText.orDefault(select, MODIFIED);
    }

    /** What not to build, or null. */
    @CheckForNull
    public String getExclude() {
        return exclude;
    }

    @DataBoundSetter
    public void setExclude(String exclude) {
        this.exclude = FormText.orNull(exclude);
    }

    /** Name of a selector of selectors.yml, instead of select, or null. */
    @CheckForNull
    public String getSelector() {
        return selector;
    }

    @DataBoundSetter
    public void setSelector(String selector) {
        this.selector = FormText.orNull(selector);
    }

    /** The folder or file of production's manifest, or null for what dbtFetchManifest left. */
    @CheckForNull
    public String getState() {
        return state;
    }

    @DataBoundSetter
    public void setState(String state) {
        this.state = FormText.orNull(state);
    }

    /** Whether unbuilt parents are read from production's schema. */
    public boolean isDefer() {
        return defer;
    }

    @DataBoundSetter
    public void setDefer(boolean defer) {
        this.defer = defer;
    }

    /** Whether production's relation is preferred although one exists in this target. */
    public boolean isFavorState() {
        return favorState;
    }

    @DataBoundSetter
    public void setFavorState(boolean favorState) {
        this.favorState = favorState;
    }

    /** The environment's tag, for CI_TAG, or null. */
    @CheckForNull
    public String getCiTag() {
        return ciTag;
    }

    @DataBoundSetter
    public void setCiTag(String ciTag) {
        this.ciTag = FormText.orNull(ciTag);
    }

    /** Whether incremental models are rebuilt from scratch. */
    public boolean isFullRefresh() {
        return fullRefresh;
    }

    @DataBoundSetter
    public void setFullRefresh(boolean fullRefresh) {
        this.fullRefresh = fullRefresh;
    }

    /** Whether those incremental models are rebuilt from scratch whose SQL differs from production's. */
    public boolean isFullRefreshModified() {
        return fullRefreshModified;
    }

    @DataBoundSetter
    public void setFullRefreshModified(boolean fullRefreshModified) {
        this.fullRefreshModified = fullRefreshModified;
    }

    /** Whether the first failure ends the run. */
    public boolean isFailFast() {
        return failFast;
    }

    @DataBoundSetter
    public void setFailFast(boolean failFast) {
        this.failFast = failFast;
    }

    /** What to do where production is ahead of the checkout. */
    public OnBehind getOnBehind() {
        return onBehind;
    }

    @DataBoundSetter
    public void setOnBehind(OnBehind onBehind) {
        this.onBehind = onBehind;
    }

    /** Result when nothing was modified. */
    public Verdict getOnNothingToDo() {
        return onNothingToDo;
    }

    @DataBoundSetter
    public void setOnNothingToDo(Verdict onNothingToDo) {
        this.onNothingToDo = onNothingToDo;
    }

    /** Result when models failed. */
    public Verdict getOnError() {
        return onError;
    }

    @DataBoundSetter
    public void setOnError(Verdict onError) {
        this.onError = onError;
    }

    /** Result when only tests failed. */
    public Verdict getOnTestFailure() {
        return onTestFailure;
    }

    @DataBoundSetter
    public void setOnTestFailure(Verdict onTestFailure) {
        this.onTestFailure = onTestFailure;
    }

    /** Whether models and tests that failed leave the result alone. */
    public boolean isReportOnly() {
        return reportOnly;
    }

    @DataBoundSetter
    public void setReportOnly(boolean reportOnly) {
        this.reportOnly = reportOnly;
    }

    /** What the build is for: sets what is not said otherwise. */
    public Mode getMode() {
        return mode;
    }

    @DataBoundSetter
    public void setMode(Mode mode) {
        this.mode = mode;
    }

    /** The target that dbt gets, or null for the profile's default. */
    @CheckForNull
    public String effectiveTarget() {
        return getTarget() == null ? mode.target() : getTarget();
    }

    /** Whether dbt reads unbuilt parents from production, where there is a state; a form always says that it may. */
    public boolean defers() {
        return ModeRules.defers(mode, true, effectiveTarget(), defer ? null : Boolean.FALSE);
    }

    /** Names of the guards that do not stop the run. */
    public List<String> getAllow() {
        return allow;
    }

    @DataBoundSetter
    public void setAllow(List<String> allow) {
        this.allow = new ArrayList<>(FormText.lines(allow));
    }

    /** Id of this run within the build: the last part of its page's address. */
    public String getId() {
        return id;
    }

    @DataBoundSetter
    public void setId(String id) {
        this.id = FormText.orDefault(id, SlimAction.DEFAULT_ID);
    }

    /** File in the workspace for results as JUnit XML, or null for none. */
    @CheckForNull
    public String getJunit() {
        return junit;
    }

    @DataBoundSetter
    public void setJunit(String junit) {
        this.junit = FormText.orNull(junit);
    }

    /** Name of the check that is published, or null for one made of the id. */
    @CheckForNull
    public String getChecksName() {
        return checksName;
    }

    @DataBoundSetter
    public void setChecksName(String checksName) {
        this.checksName = FormText.orNull(checksName);
    }

    /** Whether no check is published. */
    public boolean isSkipPublishingChecks() {
        return skipPublishingChecks;
    }

    @DataBoundSetter
    public void setSkipPublishingChecks(boolean skipPublishingChecks) {
        this.skipPublishingChecks = skipPublishingChecks;
    }

    /** How what is true of the run is published when it ends, or null. */
    @CheckForNull
    public PublishStep getPublish() {
        return publish;
    }

    @DataBoundSetter
    public void setPublish(PublishStep publish) {
        this.publish = publish;
    }

    @Override
    public void check() throws UserException {
        RunId.require(id);
        super.check();
        Guard.parse(allow);
        RunPublishing.check(publish);
        if (publish != null && mode == Mode.pullRequest) {
            throw new UserException(Messages.SlimBuildStep_publishOfChange());
        }
    }

    @Override
    public StepExecution start(StepContext context) {
        return new DbtStepExecution(context, new SlimBuildWork(this));
    }

    /**
     * Name, defaults and form helpers. It comes before the builder of the same symbol: of two with one name, the Snippet Generator
     * offers the first.
     */
    @Extension(ordinal = 1)
    public static final class DescriptorImpl extends DbtStepDescriptor<SlimBuildStep> {
        @Override
        public String getFunctionName() {
            return "dbtSlimBuild";
        }

        @Override
        public String getDisplayName() {
            return Messages.SlimBuildStep_displayName();
        }

        @Override
        public SlimBuildStep getDefaults() {
            return new SlimBuildStep();
        }

        /** Checks the selection as one types. */
        @POST
        public FormValidation doCheckSelect(@AncestorInPath Item item, @QueryParameter String value) {
            return FormPermissions.mayCheck(item) ? FormChecks.selection("select", value) : FormValidation.ok();
        }

        /** Checks the selection as one types. */
        @POST
        public FormValidation doCheckExclude(@AncestorInPath Item item, @QueryParameter String value) {
            return FormPermissions.mayCheck(item) ? FormChecks.selection("exclude", value) : FormValidation.ok();
        }

        /** A tag becomes part of schema and cluster names. */
        @POST
        public FormValidation doCheckCiTag(@AncestorInPath Item item, @QueryParameter String value) {
            return FormPermissions.mayCheck(item) ? FormChecks.ciTag(value) : FormValidation.ok();
        }

        /** An id becomes part of an address. */
        @POST
        public FormValidation doCheckId(@AncestorInPath Item item, @QueryParameter String value) {
            return FormPermissions.mayCheck(item) ? RunId.check(value) : FormValidation.ok();
        }

        /** Commands are those of dbt that can run here. */
        @POST
        public FormValidation doCheckBefore(@AncestorInPath Item item, @QueryParameter String value) {
            return FormPermissions.mayCheck(item) ? FormChecks.commands(value) : FormValidation.ok();
        }

        /** Commands are those of dbt that can run here. */
        @POST
        public FormValidation doCheckAfter(@AncestorInPath Item item, @QueryParameter String value) {
            return FormPermissions.mayCheck(item) ? FormChecks.commands(value) : FormValidation.ok();
        }

        /** Operations are names of macros. */
        @POST
        public FormValidation doCheckOperations(@AncestorInPath Item item, @QueryParameter String value) {
            return FormPermissions.mayCheck(item) ? FormChecks.operations(value) : FormValidation.ok();
        }

        /** What the build is for. */
        @POST
        public ListBoxModel doFillModeItems(@AncestorInPath Item item) {
            return FormPermissions.mayCheck(item) ? FormChecks.modes() : new ListBoxModel();
        }

        /** What can be done where production is ahead. */
        @POST
        public ListBoxModel doFillOnBehindItems(@AncestorInPath Item item) {
            return FormPermissions.mayCheck(item) ? FormChecks.behind() : new ListBoxModel();
        }

        /** Guards are known by name. */
        @POST
        public FormValidation doCheckAllow(@AncestorInPath Item item, @QueryParameter String value) {
            return FormPermissions.mayCheck(item) ? FormChecks.allow(value) : FormValidation.ok();
        }

        /** Results when there is nothing to do. */
        @POST
        public ListBoxModel doFillOnNothingToDoItems(@AncestorInPath Item item) {
            return FormPermissions.mayCheck(item)
                    ? FormChecks.results(Verdict.success, Verdict.unstable, Verdict.notBuilt)
                    : new ListBoxModel();
        }

        /** Results when models failed. */
        @POST
        public ListBoxModel doFillOnErrorItems(@AncestorInPath Item item) {
            return FormPermissions.mayCheck(item)
                    ? FormChecks.results(Verdict.failure, Verdict.unstable, Verdict.success)
                    : new ListBoxModel();
        }

        /** Results when tests failed. */
        @POST
        public ListBoxModel doFillOnTestFailureItems(@AncestorInPath Item item) {
            return FormPermissions.mayCheck(item)
                    ? FormChecks.results(Verdict.failure, Verdict.unstable, Verdict.success)
                    : new ListBoxModel();
        }
    }

    /** The same as a freestyle build step. */
    public static final class FreestyleBuilder extends StepBuilder {
        private final SlimBuildStep options;

        @DataBoundConstructor
        public FreestyleBuilder(SlimBuildStep options) {
            this.options = options;
        }

        /** The options, which are those of the Pipeline step. */
        public SlimBuildStep getOptions() {
            return options;
        }

        @Override
        protected void perform(StepSite site) throws InterruptedException, IOException {
            FreestyleRun.perform(new SlimBuildWork(options), site);
        }

        /** Offers it in freestyle jobs. */
        @Extension
        @Symbol("dbtSlimBuild")
        public static final class DescriptorImpl extends OptionsBuilderDescriptor {
            @Override
            public String getDisplayName() {
                return Messages.SlimBuildStep_displayName();
            }
        }
    }
}
