package io.jenkins.plugins.dbtslim.jenkins.step.bluegreen;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import io.jenkins.plugins.dbtslim.dbt.DeploymentToken;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.agent.KeptRun;
import io.jenkins.plugins.dbtslim.jenkins.agent.KeptRuns;
import io.jenkins.plugins.dbtslim.jenkins.step.publish.ManifestPublishing;
import io.jenkins.plugins.dbtslim.jenkins.step.publish.PublishStep;
import io.jenkins.plugins.dbtslim.store.Condition;
import io.jenkins.plugins.dbtslim.store.ManifestConflict;
import java.io.IOException;
import java.util.Map;

/**
 * The manifest of a deployment, which is published as soon as that is in production. What lay at the store when the
 * deployment was prepared is part of its token; it must lie there still before the swap, because otherwise somebody deployed
 * meanwhile, and afterwards, because otherwise what that one published would be lost. The publication bears the
 * deployment's id, so that a step that runs again does not publish twice.
 */
final class DeployedManifest {
    private final PublishStep options;
    private final StepSite site;
    private ManifestPublishing opened;

    private DeployedManifest(PublishStep options, StepSite site) {
        this.options = options;
        this.site = site;
    }

    /** None where none is to be published. */
    static DeployedManifest of(PublishStep options, StepSite site) {
        return options == null ? null : new DeployedManifest(options, site);
    }

    /** That of the same step before the swap is taken only if it must be: its agent may have come back as another. */
    static DeployedManifest after(DeployedManifest before, PublishStep options, StepSite site) {
        boolean isGoodOnce = before != null && before.opened != null && before.options.getMfaToken() != null;
        return isGoodOnce ? before : of(options, site);
    }

    private ManifestPublishing open() throws IOException, InterruptedException {
        if (opened == null) {
            opened = ManifestPublishing.open(options, site);
        }
        return opened;
    }

    /** As the deployment begins: notes what lies there. */
    void begin() throws IOException, InterruptedException {
        ManifestPublishing publishing = open();
        try {
            publishing.begin(null);
        } catch (ManifestConflict e) {
            throw new AbortException(Messages.DeployedManifest_overtakenBefore(e.what(), publishing.uri()));
        }
    }

    /** Before the swap: what speaks against it, in one sentence, or null. */
    @CheckForNull
    String objection(String token) throws IOException, InterruptedException {
        ManifestPublishing publishing = open();
        try {
            publishing.begin(expected(token, publishing.uri()));
            return null;
        } catch (ManifestConflict e) {
            return Messages.DeployedManifest_overtaken(e.what(), publishing.uri());
        }
    }

    /**
     * After the swap.
     *
     * @param deployment its id
     * @param manifest path on the agent
     */
    Map<String, Object> publish(String token, String deployment, String manifest)
            throws IOException, InterruptedException {
        if (site.workspace() == null) {
            throw new AbortException(Messages.DeployedManifest_agentAway(deployment));
        }
        try {
            ManifestPublishing publishing = open();
            KeptRun kept = manifest == null ? null : KeptRuns.find(site, manifest);
            if (kept == null || !site.workspace().child(manifest).exists()) {
                throw new AbortException(Messages.DeployedManifest_keptIsGone(manifest));
            }
            return publishing.publish(kept, expected(token, publishing.uri()), "deployment-" + deployment);
        } catch (ManifestConflict e) {
            throw new AbortException(Messages.DeployedManifest_conflict(deployment, e.what(), opened.uri()));
        } catch (IOException e) {
            throw new AbortException(Messages.DeployedManifest_notPublished(deployment, e.getMessage()));
        } catch (InterruptedException e) {
            site.log().println(Messages.DeployedManifest_aborted(deployment));
            throw e;
        }
    }

    private static Condition expected(String token, String uri) {
        Map<String, String> seen = DeploymentToken.seen(token);
        return seen.containsKey(uri) ? Condition.unchanged(seen.get(uri)) : null;
    }
}
