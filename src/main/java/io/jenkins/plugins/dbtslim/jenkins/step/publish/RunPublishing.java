package io.jenkins.plugins.dbtslim.jenkins.step.publish;

import hudson.EnvVars;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.agent.AgentFolder;
import io.jenkins.plugins.dbtslim.jenkins.agent.KeptRun;
import io.jenkins.plugins.dbtslim.jenkins.credentials.SecretEnvironment;
import io.jenkins.plugins.dbtslim.jenkins.engine.StateChoice;
import java.io.IOException;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * How a step publishes what is true of the run of dbt that it makes, whatever comes of the run. What that takes is noted
 * before dbt begins: the run may end after an abort or a restart of the controller, when the step's workspace and
 * environment are gone. Keys are looked up again then, with the build's identity, because they may be good for less time
 * than dbt takes.
 */
@Restricted(NoExternalUse.class)
public final class RunPublishing implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Pattern NOTED = Pattern.compile("(AWS|GS|AZURE_STORAGE)_.*|GIT_COMMIT|CHANGE_ID");
    private final PublishStep step;
    private final AgentFolder workspace;
    private final LinkedHashMap<String, String> variables = new LinkedHashMap<>();
    private final String id = "run-" + UUID.randomUUID();
    /** With the code of an MFA device, which is good once. */
    private transient ManifestPublishing opened;

    private RunPublishing(PublishStep step, StepSite site, Set<String> secrets) {
        this.step = step;
        this.workspace = AgentFolder.of(site.workspace());
        site.env().forEach((name, value) -> {
            boolean isUsed = NOTED.matcher(name).matches() || isNamed(name);
            if (isUsed && !secrets.contains(name)) {
                variables.put(name, value);
            }
        });
    }

    private boolean isNamed(String variable) {
        return step.getTo() != null && step.getTo().contains("${" + variable + "}");
    }

    /** Refuses what no run can do: it publishes its own manifest, and nobody vouches for it. */
    public static void check(PublishStep step) throws UserException {
        if (step != null && (step.isAsItIs() || step.getManifest() != null)) {
            throw new UserException(Messages.RunPublishing_ownManifest());
        }
    }

    /**
     * Refuses before anything is built what would be refused after it.
     *
     * @param state what the run is compared with
     * @param secrets that are kept elsewhere, to be given back at the end
     */
    public static RunPublishing begin(PublishStep step, StepSite site, StateChoice state, SecretEnvironment secrets)
            throws IOException, InterruptedException {
        RunPublishing publishing = new RunPublishing(step, site, secrets.names());
        ManifestPublishing now = ManifestPublishing.open(step, site);
        now.begin(state);
        publishing.opened = step.getMfaToken() == null ? null : now;
        return publishing;
    }

    /** Publishes what is true of the run; what came of it, for scripts. Once, however often it is done. */
    public Map<String, Object> publish(Run<?, ?> run, TaskListener listener, KeptRun kept, SecretEnvironment secrets)
            throws IOException, InterruptedException {
        EnvVars environment = new EnvVars(variables);
        environment.putAll(secrets.plain());
        StepSite site = new StepSite(run, workspace.find(), environment, Set.of(), null, listener);
        return StepSite.withSentences(
                () -> (opened == null ? ManifestPublishing.open(step, site) : opened).publish(kept, null, id));
    }
}
