package io.jenkins.plugins.dbtslim.jenkins.build;

import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.dbtslim.jenkins.FormPermissions;
import io.jenkins.plugins.dbtslim.jenkins.OptionsDescriptor;
import io.jenkins.plugins.dbtslim.jenkins.Texts;
import io.jenkins.plugins.dbtslim.jenkins.credentials.CredentialsLists;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * {@code dbtSlimBuild(credentialsId: 'mz')}: builds what was modified against production, and what depends on it.
 * Longer than other classes because each option is a field with a getter and a setter, which is what forms, Pipeline and
 * Job DSL bind to.
 */
public final class BuildStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;
    private String projectDir = ".";
    private String profilesDir;
    private String target;
    private String select = "state:modified+";
    private String exclude;
    private String selector;
    private String state;
    private boolean defer = true;
    private boolean favorState;
    private ArrayList<String> operations = new ArrayList<>();
    private String ciTag;
    private String host;
    private String credentialsId;
    private String dbt;
    private String venv;
    private String vars;
    private Integer threads;
    private boolean fullRefresh;
    private boolean failFast;
    private boolean warnError;
    private ArrayList<String> extraArgs = new ArrayList<>();
    private String onNothingToDo = "success";
    private String onError = "failure";
    private String onTestFailure = "failure";
    private boolean reportOnly;
    private String id = "dbt-slim";

    @DataBoundConstructor
    public BuildStep() {}

    /** The folder of dbt_project.yml, relative to the workspace. */
    public String getProjectDir() {
        return projectDir;
    }

    @DataBoundSetter
    public void setProjectDir(String projectDir) {
        this.projectDir = Texts.orDefault(projectDir, ".");
    }

    /** The folder of profiles.yml, or null for dbt's own rule. */
    public String getProfilesDir() {
        return profilesDir;
    }

    @DataBoundSetter
    public void setProfilesDir(String profilesDir) {
        this.profilesDir = Texts.orNull(profilesDir);
    }

    /** dbt target of the profile, or null for the profile's default. */
    public String getTarget() {
        return target;
    }

    @DataBoundSetter
    public void setTarget(String target) {
        this.target = Texts.orNull(target);
    }

    /** What to build, in dbt's selection syntax. */
    public String getSelect() {
        return select;
    }

    @DataBoundSetter
    public void setSelect(String select) {
        this.select = Texts.orDefault(select, "state:modified+");
    }

    /** What not to build, or null. */
    public String getExclude() {
        return exclude;
    }

    @DataBoundSetter
    public void setExclude(String exclude) {
        this.exclude = Texts.orNull(exclude);
    }

    /** Name of a selector of selectors.yml, instead of select, or null. */
    public String getSelector() {
        return selector;
    }

    @DataBoundSetter
    public void setSelector(String selector) {
        this.selector = Texts.orNull(selector);
    }

    /** The folder or file of production's manifest, or null for what dbtFetchManifest left. */
    public String getState() {
        return state;
    }

    @DataBoundSetter
    public void setState(String state) {
        this.state = Texts.orNull(state);
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

    /** Macros to run before the build. */
    public List<String> getOperations() {
        return operations;
    }

    @DataBoundSetter
    public void setOperations(List<String> operations) {
        this.operations = new ArrayList<>(Texts.lines(operations));
    }

    /** Macros to run before the build, as the form's text. */
    public String getOperationsText() {
        return Texts.text(operations);
    }

    /** The environment's tag, for CI_TAG, or null. */
    public String getCiTag() {
        return ciTag;
    }

    @DataBoundSetter
    public void setCiTag(String ciTag) {
        this.ciTag = Texts.orNull(ciTag);
    }

    /** Materialize's host, for MZ_HOST, or null. */
    public String getHost() {
        return host;
    }

    @DataBoundSetter
    public void setHost(String host) {
        this.host = Texts.orNull(host);
    }

    /** Id of user name and password, for MZ_USER and MZ_PASSWORD, or null. */
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Texts.orNull(credentialsId);
    }

    /** Path of the dbt executable, or null for dbt on the PATH. */
    public String getDbt() {
        return dbt;
    }

    @DataBoundSetter
    public void setDbt(String dbt) {
        this.dbt = Texts.orNull(dbt);
    }

    /** Folder of a Python virtual environment that has dbt, or null. */
    public String getVenv() {
        return venv;
    }

    @DataBoundSetter
    public void setVenv(String venv) {
        this.venv = Texts.orNull(venv);
    }

    /** dbt variables as a YAML or JSON mapping, or null. */
    public String getVars() {
        return vars;
    }

    @DataBoundSetter
    public void setVars(String vars) {
        this.vars = Texts.orNull(vars);
    }

    /** Number of threads, or null for the profile's. */
    public Integer getThreads() {
        return threads;
    }

    @DataBoundSetter
    public void setThreads(Integer threads) {
        this.threads = threads;
    }

    /** Whether incremental models are rebuilt from scratch. */
    public boolean isFullRefresh() {
        return fullRefresh;
    }

    @DataBoundSetter
    public void setFullRefresh(boolean fullRefresh) {
        this.fullRefresh = fullRefresh;
    }

    /** Whether the first failure ends the run. */
    public boolean isFailFast() {
        return failFast;
    }

    @DataBoundSetter
    public void setFailFast(boolean failFast) {
        this.failFast = failFast;
    }

    /** Whether warnings are errors. */
    public boolean isWarnError() {
        return warnError;
    }

    @DataBoundSetter
    public void setWarnError(boolean warnError) {
        this.warnError = warnError;
    }

    /** Further arguments of {@code dbt build}, one an entry. */
    public List<String> getExtraArgs() {
        return extraArgs;
    }

    @DataBoundSetter
    public void setExtraArgs(List<String> extraArgs) {
        this.extraArgs = new ArrayList<>(Texts.lines(extraArgs));
    }

    /** Further arguments of {@code dbt build}, one an entry, as the form's text. */
    public String getExtraArgsText() {
        return Texts.text(extraArgs);
    }

    /** Result when nothing was modified: {@code success}, {@code unstable} or {@code notBuilt}. */
    public String getOnNothingToDo() {
        return onNothingToDo;
    }

    @DataBoundSetter
    public void setOnNothingToDo(String onNothingToDo) {
        this.onNothingToDo = Texts.orDefault(onNothingToDo, "success");
    }

    /** Result when models failed: {@code failure}, {@code unstable} or {@code success}. */
    public String getOnError() {
        return onError;
    }

    @DataBoundSetter
    public void setOnError(String onError) {
        this.onError = Texts.orDefault(onError, "failure");
    }

    /** Result when only tests failed: {@code failure}, {@code unstable} or {@code success}. */
    public String getOnTestFailure() {
        return onTestFailure;
    }

    @DataBoundSetter
    public void setOnTestFailure(String onTestFailure) {
        this.onTestFailure = Texts.orDefault(onTestFailure, "failure");
    }

    /** Whether models and tests that failed leave the result alone. */
    public boolean isReportOnly() {
        return reportOnly;
    }

    @DataBoundSetter
    public void setReportOnly(boolean reportOnly) {
        this.reportOnly = reportOnly;
    }

    /** Id of this run within the build: the last part of its page's address. */
    public String getId() {
        return id;
    }

    @DataBoundSetter
    public void setId(String id) {
        this.id = Texts.orDefault(id, "dbt-slim");
    }

    /** What a job stored before an option was there gets the option's default: XStream runs no initializer. */
    private Object readResolve() {
        BuildStep defaults = new BuildStep();
        projectDir = projectDir == null ? defaults.projectDir : projectDir;
        select = select == null ? defaults.select : select;
        operations = operations == null ? defaults.operations : operations;
        extraArgs = extraArgs == null ? defaults.extraArgs : extraArgs;
        onNothingToDo = onNothingToDo == null ? defaults.onNothingToDo : onNothingToDo;
        onError = onError == null ? defaults.onError : onError;
        onTestFailure = onTestFailure == null ? defaults.onTestFailure : onTestFailure;
        id = id == null ? defaults.id : id;
        return this;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new BuildExecution(context, this);
    }

    /** Name, defaults and checks. */
    @Extension
    public static final class DescriptorImpl extends OptionsDescriptor<BuildStep> {
        @Override
        public String getFunctionName() {
            return "dbtSlimBuild";
        }

        @Override
        public String getDisplayName() {
            return Messages.BuildStep_displayName();
        }

        @Override
        public BuildStep getDefaults() {
            return new BuildStep();
        }

        /** User names with passwords that the job can use. */
        @POST
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            return FormPermissions.mayListCredentials(item)
                    ? CredentialsLists.passwords(item, credentialsId)
                    : CredentialsLists.current(credentialsId);
        }

        /** Checks the selection as one types. */
        @POST
        public FormValidation doCheckSelect(@AncestorInPath Item item, @QueryParameter String value) {
            return FormPermissions.mayCheck(item) ? BuildChecks.selection(value) : FormValidation.ok();
        }

        /** Checks the selection as one types. */
        @POST
        public FormValidation doCheckExclude(@AncestorInPath Item item, @QueryParameter String value) {
            return FormPermissions.mayCheck(item) ? BuildChecks.selection(value) : FormValidation.ok();
        }

        /** A tag becomes part of schema and cluster names. */
        @POST
        public FormValidation doCheckCiTag(@AncestorInPath Item item, @QueryParameter String value) {
            return FormPermissions.mayCheck(item) ? BuildChecks.ciTag(value) : FormValidation.ok();
        }

        /** An id becomes part of an address. */
        @POST
        public FormValidation doCheckId(@AncestorInPath Item item, @QueryParameter String value) {
            return FormPermissions.mayCheck(item) ? BuildChecks.id(value) : FormValidation.ok();
        }

        /** A number of threads is positive. */
        @POST
        public FormValidation doCheckThreads(@AncestorInPath Item item, @QueryParameter String value) {
            return Texts.orNull(value) != null && FormPermissions.mayCheck(item)
                    ? FormValidation.validatePositiveInteger(value)
                    : FormValidation.ok();
        }

        /** One place where dbt comes from. */
        @POST
        public FormValidation doCheckVenv(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String dbt) {
            boolean both = Texts.orNull(value) != null && Texts.orNull(dbt) != null;
            return both && FormPermissions.mayCheck(item)
                    ? FormValidation.error(Messages.BuildStep_dbtAndVenv())
                    : FormValidation.ok();
        }

        /** Operations are names of macros. */
        @POST
        public FormValidation doCheckOperations(@AncestorInPath Item item, @QueryParameter String value) {
            return FormPermissions.mayCheck(item) ? BuildChecks.operations(value) : FormValidation.ok();
        }

        /** Results when there is nothing to do. */
        @POST
        public ListBoxModel doFillOnNothingToDoItems(@AncestorInPath Item item) {
            return FormPermissions.mayCheck(item)
                    ? BuildChecks.results("success", "unstable", "notBuilt")
                    : new ListBoxModel();
        }

        /** Results when models failed. */
        @POST
        public ListBoxModel doFillOnErrorItems(@AncestorInPath Item item) {
            return FormPermissions.mayCheck(item)
                    ? BuildChecks.results("failure", "unstable", "success")
                    : new ListBoxModel();
        }

        /** Results when tests failed. */
        @POST
        public ListBoxModel doFillOnTestFailureItems(@AncestorInPath Item item) {
            return FormPermissions.mayCheck(item)
                    ? BuildChecks.results("failure", "unstable", "success")
                    : new ListBoxModel();
        }
    }
}
