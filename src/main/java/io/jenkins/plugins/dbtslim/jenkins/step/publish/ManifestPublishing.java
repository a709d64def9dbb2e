package io.jenkins.plugins.dbtslim.jenkins.step.publish;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.dbtslim.jenkins.FormText;
import io.jenkins.plugins.dbtslim.jenkins.JenkinsFacade;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.page.SlimAction;
import io.jenkins.plugins.dbtslim.jenkins.store.FetchedState;
import io.jenkins.plugins.dbtslim.jenkins.store.Stores;
import io.jenkins.plugins.dbtslim.run.PublishRules;
import io.jenkins.plugins.dbtslim.store.Condition;
import io.jenkins.plugins.dbtslim.store.ManifestPublish;
import io.jenkins.plugins.dbtslim.store.ManifestStore;
import io.jenkins.plugins.dbtslim.store.PublishOptions;
import io.jenkins.plugins.dbtslim.store.PublishResult;
import java.io.IOException;
import java.util.Map;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Publishes as a step's options say, for Pipeline and freestyle alike. */
@Restricted(NoExternalUse.class)
public final class ManifestPublishing {
    private final PublishStep step;
    private final StepSite site;
    private final ManifestStore store;

    private ManifestPublishing(PublishStep step, StepSite site, ManifestStore store) {
        this.step = step;
        this.site = site;
        this.store = store;
    }

    /** What a publishing step does. */
    static Map<String, Object> run(PublishStep step, StepSite site) throws IOException, InterruptedException {
        return StepSite.withSentences(() -> {
            requireSuccess(step, site.run());
            ManifestPublishing publishing = open(step, site);
            return publishing.publish(new ManifestPublish(publishing.store, publishing.options(null, null)));
        });
    }

    /** Opens the store, for a step that publishes what it deployed. */
    public static ManifestPublishing open(PublishStep step, StepSite site) throws IOException, InterruptedException {
        return new ManifestPublishing(step, site, Stores.open(step.location(site.run()), step, site));
    }

    /** Where. */
    public String uri() {
        return store.location().toString();
    }

    private static void requireSuccess(PublishStep step, Run<?, ?> run) throws AbortException {
        Result result = run.getResult();
        if (!step.isEvenIfFailed() && result != null && result.isWorseThan(Result.SUCCESS)) {
            throw new AbortException(Messages.ManifestPublishing_notASuccess(step.location(run), result));
        }
    }

    /**
     * Looks whether it could be published now, before anything is deployed, and notes on the build what lies there.
     *
     * @param expected what must lie there; null for what this build fetched or saw, else for anything
     */
    public void begin(Condition expected) throws IOException, InterruptedException {
        requireSuccess(step, site.run());
        Condition now = new ManifestPublish(store, options(expected, null)).check();
        if (FetchedState.ofUri(site.run(), uri()) == null) {
            FetchedState.noteSeen(site.run(), uri(), now instanceof Condition.Unchanged there ? there.etag() : null);
        }
    }

    /**
     * Publishes; what was published, for scripts. Where a publication of this id lies already, it is left as it is.
     *
     * @param expected as in {@link #begin}
     * @param manifest path on the agent of what was deployed, if the options name no other
     */
    public Map<String, Object> publish(Condition expected, String id, String manifest)
            throws IOException, InterruptedException {
        requireSuccess(step, site.run());
        return publish(new ManifestPublish(store, options(expected, manifest)).once(id));
    }

    private Map<String, Object> publish(ManifestPublish publish) throws IOException, InterruptedException {
        PublishResult published = publish.run();
        // So that this build may publish once more.
        FetchedState.noteSeen(site.run(), published.uri(), published.etag());
        return PublishRules.toMap(published);
    }

    private PublishOptions options(Condition expected, String deployed) throws IOException, InterruptedException {
        Run<?, ?> run = site.run();
        FetchedState.Entry fetched = FetchedState.ofUri(run, uri());
        String manifest = manifest(deployed).getRemote();
        requireNoSecret(manifest);
        return new PublishOptions(
                manifest,
                expected == null && fetched != null ? fetched.unchanged() : expected,
                PublishRules.overwrites("onConflict", step.getOnConflict()),
                step.isHistory(),
                JenkinsFacade.rootUrl() + run.getUrl(),
                Integer.toString(run.getNumber()),
                site.env().get("GIT_COMMIT"),
                FormText.orNull(site.env().get("CHANGE_ID")),
                step.isAllowFromChangeRequest());
    }

    /** Who may read the store could read it, and masked it would no longer be the manifest that dbt wrote. */
    private void requireNoSecret(String manifest) throws AbortException {
        String at = SlimAction.secretAt(site.run(), manifest);
        if (at != null) {
            throw new AbortException(Messages.ManifestPublishing_holdsASecret(uri(), at));
        }
    }

    private FilePath manifest(String deployed) throws IOException, InterruptedException {
        if (step.getManifest() != null) {
            return site.workspace().child(step.getManifest());
        }
        String kept = deployed == null ? SlimAction.lastManifest(site.run()) : deployed;
        if (kept != null && site.workspace().child(kept).exists()) {
            return site.workspace().child(kept);
        }
        return site.workspace().child("target/manifest.json");
    }
}
