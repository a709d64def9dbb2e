package io.jenkins.plugins.dbtslim.jenkins.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.dbtslim.change.ChangeTags;
import io.jenkins.plugins.dbtslim.change.CiTag;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.config.DbtSlimConfiguration;
import io.jenkins.plugins.dbtslim.jenkins.credentials.Login;
import io.jenkins.plugins.dbtslim.jenkins.credentials.NotesKey;
import io.jenkins.plugins.dbtslim.jenkins.credentials.SecretEnvironment;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Host and tag of a run, by the one rule for each: the option, else the step's environment, else a default.
 *
 * @param host of Materialize, or null
 * @param ciTag of the environment of a change request, or null
 */
@Restricted(NoExternalUse.class)
public record RunSettings(
        @CheckForNull String host, @CheckForNull String ciTag) {
    /**
     * Applies the rules; fails with a sentence before dbt starts.
     *
     * @param ciTag the option, or null
     * @param anyTag whether the tag may be other than a plain name
     */
    public static RunSettings of(
            DbtStep step,
            @CheckForNull String ciTag,
            boolean anyTag,
            Map<String, String> environment,
            String defaultHost)
            throws UserException {
        String host = first(step.getHost(), environment.get("MZ_HOST"), defaultHost);
        if (host != null && !DbtSlimConfiguration.isHost(host)) {
            throw new UserException("\"" + host
                    + "\" is not the name of a host: give it without https:// and path, in host or MZ_HOST.");
        }
        String change = first(environment.get("CHANGE_ID"));
        String tag = first(ciTag, environment.get("CI_TAG"), change == null ? null : CiTag.ofChange(change));
        return new RunSettings(host, tag == null || anyTag ? tag : CiTag.require(tag));
    }

    /** The same in another environment. */
    public RunSettings withTag(String tag) {
        return new RunSettings(host, tag);
    }

    /**
     * The environments that are a change request's own.
     *
     * @return what the job says, and not what a script put in the environment around the step
     */
    public static ChangeTags changeTags(Run<?, ?> run, TaskListener listener) throws IOException, InterruptedException {
        String change = first(run.getParent().getEnvironment(null, listener).get("CHANGE_ID"));
        return new ChangeTags(change, DbtSlimConfiguration.get().changeTagPatterns());
    }

    /** What dbt gets by its environment, with the log-in of the step's credentials. */
    public SecretEnvironment secrets(DbtStep step, StepSite site) throws IOException, InterruptedException {
        SecretEnvironment secrets = SecretEnvironment.of(site.env(), site.sensitive());
        variables().forEach(secrets::open);
        if (step.getCredentialsId() != null) {
            Login login = Login.find(step.getCredentialsId(), "credentialsId", site.run());
            secrets.open("MZ_USER", login.user());
            secrets.put("MZ_PASSWORD", login.password());
            site.log()
                    .println(
                            "MZ_USER and MZ_PASSWORD are those of the credentials \"" + step.getCredentialsId() + "\"");
        }
        if (step.getGitCredentialsId() != null) {
            Login login = Login.find(step.getGitCredentialsId(), "gitCredentialsId", site.run());
            secrets.put("DBT_ENV_SECRET_GIT_CREDENTIAL", login.ofAddress());
            secrets.put("DBT_ENV_SECRET_GIT_TOKEN", login.password());
        }
        secrets.tell(site.log());
        if (!secrets.names().contains(NotesKey.VARIABLE)) {
            secrets.put(NotesKey.VARIABLE, NotesKey.of(site.run().getParent().getFullName()));
        }
        return secrets;
    }

    private static String first(String... texts) {
        for (String text : texts) {
            if (text != null && !text.isBlank()) {
                return text.trim();
            }
        }
        return null;
    }

    /**
     * What no other build may work in meanwhile, for people to read: one name of the change request's environment in every
     * step, whatever target it uses; none where no change request's environment is named.
     *
     * @param project full name of the multibranch project or folder
     */
    public List<String> environment(String project) {
        return ciTag == null ? List.of() : List.of((place(project) + " " + ciTag.toLowerCase(Locale.ROOT)).strip());
    }

    /** The same for a blue/green deployment, of which there is one at a time. */
    public List<String> deployment(String project) {
        return List.of((place(project) + " blue/green deployment").strip());
    }

    /** A host that only the profile knows may be another one in each project: then a tag counts within its project. */
    private String place(String project) {
        return host == null ? project : host.toLowerCase(Locale.ROOT);
    }

    /** What dbt gets of this by its environment. */
    Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        if (host != null) {
            variables.put("MZ_HOST", host);
        }
        if (ciTag != null) {
            variables.put("CI_TAG", ciTag);
        }
        return variables;
    }
}
