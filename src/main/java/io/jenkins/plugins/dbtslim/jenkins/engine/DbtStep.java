package io.jenkins.plugins.dbtslim.jenkins.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.dbt.DbtPlan;
import io.jenkins.plugins.dbtslim.dbt.Deps;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.jenkins.AgentPaths;
import io.jenkins.plugins.dbtslim.jenkins.FormText;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.StoredDefaults;
import io.jenkins.plugins.dbtslim.jenkins.tool.DbtSource;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundSetter;

/** What every step that runs dbt has: which project and target, with which dbt, and how to reach the database. */
@Restricted(NoExternalUse.class)
public abstract class DbtStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;
    private String projectDir = ".";
    private String profilesDir;
    private String target;
    private String host;
    private String credentialsId;
    private Deps deps = Deps.auto;
    private String gitCredentialsId;
    private String tool;
    private String dbt;
    private String venv;
    private String vars;
    private Integer threads;
    private boolean warnError;
    private ArrayList<String> extraArgs = new ArrayList<>();

    /** The folder of dbt_project.yml, relative to the workspace. */
    public String getProjectDir() {
        return projectDir;
    }

    @DataBoundSetter
    public void setProjectDir(String projectDir) {
        this.projectDir = FormText.orDefault(projectDir, ".");
    }

    /** The folder of profiles.yml, or null for dbt's own rule. */
    @CheckForNull
    public String getProfilesDir() {
        return profilesDir;
    }

    @DataBoundSetter
    public void setProfilesDir(String profilesDir) {
        this.profilesDir = FormText.orNull(profilesDir);
    }

    /** dbt target of the profile, or null for the profile's default. */
    @CheckForNull
    public String getTarget() {
        return target;
    }

    @DataBoundSetter
    public void setTarget(String target) {
        this.target = FormText.orNull(target);
    }

    /** Materialize's host, for MZ_HOST, or null. */
    @CheckForNull
    public String getHost() {
        return host;
    }

    @DataBoundSetter
    public void setHost(String host) {
        this.host = FormText.orNull(host);
    }

    /** Id of user name and password, for MZ_USER and MZ_PASSWORD, or null. */
    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = FormText.orNull(credentialsId);
    }

    /** Whether the project's packages are installed first. */
    public Deps getDeps() {
        return deps;
    }

    @DataBoundSetter
    public void setDeps(Deps deps) {
        this.deps = deps;
    }

    /** Id of user name and password (or token) for packages of private git repositories, or null. */
    @CheckForNull
    public String getGitCredentialsId() {
        return gitCredentialsId;
    }

    @DataBoundSetter
    public void setGitCredentialsId(String gitCredentialsId) {
        this.gitCredentialsId = FormText.orNull(gitCredentialsId);
    }

    /** Name of a dbt tool of the global configuration, or null. */
    @CheckForNull
    public String getTool() {
        return tool;
    }

    @DataBoundSetter
    public void setTool(String tool) {
        this.tool = FormText.orNull(tool);
    }

    /** Path of the dbt executable, or null for dbt on the PATH. */
    @CheckForNull
    public String getDbt() {
        return dbt;
    }

    @DataBoundSetter
    public void setDbt(String dbt) {
        this.dbt = FormText.orNull(dbt);
    }

    /** Folder of a Python virtual environment that has dbt, or null. */
    @CheckForNull
    public String getVenv() {
        return venv;
    }

    @DataBoundSetter
    public void setVenv(String venv) {
        this.venv = FormText.orNull(venv);
    }

    /** dbt variables as a YAML or JSON mapping, or null. */
    @CheckForNull
    public String getVars() {
        return vars;
    }

    @DataBoundSetter
    public void setVars(String vars) {
        this.vars = FormText.orNull(vars);
    }

    /** Number of threads, or null for the profile's. */
    @CheckForNull
    public Integer getThreads() {
        return threads;
    }

    @DataBoundSetter
    public void setThreads(Integer threads) {
        this.threads = threads;
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
        this.extraArgs = new ArrayList<>(FormText.lines(extraArgs));
    }

    /** Where its dbt comes from on the agent of the build; installs a tool there if need be. */
    public DbtSource source(StepSite site) throws IOException, InterruptedException {
        return tool != null
                ? DbtSource.ofTool(tool, site)
                : DbtSource.ofPath(
                        dbt,
                        venv == null ? null : AgentPaths.child(site.workspace().getRemote(), venv));
    }

    /** What every step that runs dbt has in its plan; paths are those of the agent. */
    public DbtPlan.Builder plan(String workspace) throws UserException {
        return DbtPlan.builder(AgentPaths.child(workspace, projectDir))
                .profilesDir(profilesDir == null ? null : AgentPaths.child(workspace, profilesDir))
                .target(target)
                .deps(deps)
                .vars(vars)
                .threads(threads == null ? 0 : threads)
                .warnError(warnError)
                .colors(false)
                .extraArgs(extraArgs);
    }

    /** Refuses with a sentence, before anything is done, what does not go together. */
    public void check() throws UserException {
        if (Stream.of(tool, dbt, venv).filter(Objects::nonNull).count() > 1) {
            throw new UserException(Messages.DbtStep_oneSource());
        }
    }

    /** Options that a stored job does not name have their defaults. */
    protected Object readResolve() {
        return StoredDefaults.fill(this);
    }
}
