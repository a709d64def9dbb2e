package io.jenkins.plugins.dbtslim.jenkins.publish;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.dbtslim.jenkins.BuildSite;
import io.jenkins.plugins.dbtslim.jenkins.JenkinsFacade;
import io.jenkins.plugins.dbtslim.jenkins.Texts;
import io.jenkins.plugins.dbtslim.jenkins.report.SlimAction;
import io.jenkins.plugins.dbtslim.jenkins.store.FetchedState;
import io.jenkins.plugins.dbtslim.jenkins.store.Stores;
import io.jenkins.plugins.dbtslim.store.Condition;
import io.jenkins.plugins.dbtslim.store.ManifestPublish;
import io.jenkins.plugins.dbtslim.store.ManifestStore;
import io.jenkins.plugins.dbtslim.store.PublishOptions;
import io.jenkins.plugins.dbtslim.store.PublishResult;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Publishes as a step's options say, for Pipeline and freestyle alike. */
final class ManifestPublishing {
    private ManifestPublishing() {}

    /** Does it; what was published, for scripts. */
    static Map<String, Object> run(PublishStep step, BuildSite site) throws IOException, InterruptedException {
        return BuildSite.withSentences(() -> {
            Result result = site.run().getResult();
            if (!step.isEvenIfFailed() && result != null && result.isWorseThan(Result.SUCCESS)) {
                throw new AbortException(Messages.ManifestPublishing_notASuccess(step.getTo(), result));
            }
            ManifestStore store = Stores.open(step.getTo(), step, site);
            PublishResult published = new ManifestPublish(store, options(step, site, store)).run();
            // So that this build may publish once more.
            FetchedState.noteSeen(site.run(), published.uri(), published.etag());
            return toMap(published);
        });
    }

    private static PublishOptions options(PublishStep step, BuildSite site, ManifestStore store)
            throws IOException, InterruptedException {
        Run<?, ?> run = site.run();
        return new PublishOptions(
                manifest(step, site).getRemote(),
                expected(FetchedState.ofUri(run, store.location().toString())),
                overwrite(step.getOnConflict()),
                step.isHistory(),
                JenkinsFacade.rootUrl() + run.getUrl(),
                Integer.toString(run.getNumber()),
                site.env().get("GIT_COMMIT"),
                Texts.orNull(site.env().get("CHANGE_ID")),
                step.isAllowFromChangeRequest());
    }

    private static FilePath manifest(PublishStep step, BuildSite site) throws IOException, InterruptedException {
        if (step.getManifest() != null) {
            return site.workspace().child(step.getManifest());
        }
        String kept = SlimAction.lastManifest(site.run());
        if (kept != null && site.workspace().child(kept).exists()) {
            return site.workspace().child(kept);
        }
        return site.workspace().child("target/manifest.json");
    }

    private static Condition expected(FetchedState.Entry fetched) {
        return fetched == null ? null : fetched.unchanged();
    }

    static boolean overwrite(String onConflict) {
        return switch (onConflict) {
            case "fail" -> false;
            case "overwrite" -> true;
            default ->
                throw new IllegalArgumentException("onConflict is fail or overwrite, and not \"" + onConflict + "\".");
        };
    }

    private static Map<String, Object> toMap(PublishResult result) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("uri", result.uri());
        map.put("etag", result.etag());
        map.put("sha256", result.publication().sha256());
        map.put("dbtVersion", result.publication().dbtVersion());
        map.put("project", result.publication().project());
        map.put("historyUri", result.historyUri());
        map.put("verified", result.verified());
        return map;
    }
}
