package io.jenkins.plugins.dbtslim.jenkins.step.publish;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Run;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.io.VisibleText;
import io.jenkins.plugins.dbtslim.jenkins.AgentPaths;
import io.jenkins.plugins.dbtslim.jenkins.FormText;
import io.jenkins.plugins.dbtslim.jenkins.JenkinsFacade;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.agent.AgentAwayException;
import io.jenkins.plugins.dbtslim.jenkins.agent.KeptRun;
import io.jenkins.plugins.dbtslim.jenkins.agent.KeptRuns;
import io.jenkins.plugins.dbtslim.jenkins.engine.StateChoice;
import io.jenkins.plugins.dbtslim.jenkins.page.ActionPublication;
import io.jenkins.plugins.dbtslim.jenkins.page.SlimAction;
import io.jenkins.plugins.dbtslim.jenkins.store.FetchedState;
import io.jenkins.plugins.dbtslim.jenkins.store.Stores;
import io.jenkins.plugins.dbtslim.run.OnConflict;
import io.jenkins.plugins.dbtslim.store.Condition;
import io.jenkins.plugins.dbtslim.store.FetchedManifest;
import io.jenkins.plugins.dbtslim.store.ManifestCallables;
import io.jenkins.plugins.dbtslim.store.ManifestConflict;
import io.jenkins.plugins.dbtslim.store.ManifestPublish;
import io.jenkins.plugins.dbtslim.store.ManifestStore;
import io.jenkins.plugins.dbtslim.store.Provenance;
import io.jenkins.plugins.dbtslim.store.Publication;
import io.jenkins.plugins.dbtslim.store.PublishOptions;
import io.jenkins.plugins.dbtslim.store.PublishResult;
import io.jenkins.plugins.dbtslim.store.StoredManifest;
import io.jenkins.plugins.dbtslim.truth.ProductionSummary;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Publishes as a step's options say, for Pipeline and freestyle alike: what is true of a run of this build, whatever came
 * of the run and of the build; or a manifest as it is, where somebody vouches for it.
 */
@Restricted(NoExternalUse.class)
public final class ManifestPublishing {
    private static final String FOLDER = "publishing";
    private final PublishStep step;
    private final StepSite site;
    private final ManifestStore store;

    ManifestPublishing(PublishStep step, StepSite site, ManifestStore store) {
        this.step = step;
        this.site = site;
        this.store = store;
    }

    /** What a publishing step does. */
    static Map<String, Object> run(PublishStep step, StepSite site) throws IOException, InterruptedException {
        return StepSite.withSentences(() -> {
            if (step.isAsItIs()) {
                return open(step, site).publishAsItIs();
            }
            KeptRun kept = meant(step, site);
            ManifestStore store =
                    Stores.open(step.location(site.run()), step, site, folder(kept, step.location(site.run())));
            return new ManifestPublishing(step, site, store).publish(kept, null, null);
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

    /** The run of this build that is to be published; never a file of which nobody knows where it is from. */
    static KeptRun meant(PublishStep step, StepSite site) throws AbortException {
        KeptRun kept = KeptRuns.find(site, step.getManifest());
        if (kept == null) {
            throw new AbortException(
                    step.getManifest() == null
                            ? Messages.ManifestPublishing_noRun(step.location(site.run()))
                            : Messages.ManifestPublishing_notOfARun(step.location(site.run()), step.getManifest()));
        }
        return kept;
    }

    private static FilePath folder(KeptRun kept, String location) throws AbortException {
        try {
            return kept.folder().find();
        } catch (AgentAwayException e) {
            throw new AbortException(Messages.ManifestPublishing_agentAway(location, kept.folder()));
        }
    }

    /**
     * Looks whether it could be published now, before anything is deployed, and notes on the build what lies there.
     *
     * @param expected what must lie there; null for what this build fetched or saw, else for anything
     */
    public void begin(Condition expected) throws IOException, InterruptedException {
        KeptRun kept = KeptRuns.find(site, null);
        if (kept != null && kept.isDeployment() && kept.manifest() != null) {
            requireNoSecret(kept.manifest());
        }
        Condition now = new ManifestPublish(store, options(expected, "", null)).check();
        if (FetchedState.ofUri(site.run(), uri()) == null) {
            FetchedState.noteSeen(site.run(), uri(), now instanceof Condition.Unchanged there ? there.etag() : null);
        }
    }

    /**
     * For a run that takes production for what was fetched, and publishes nothing: nobody deployed since.
     *
     * @param from where the fetch brought the state from, or null
     */
    public static void requireFetched(@CheckForNull Provenance from, StepSite site)
            throws IOException, InterruptedException {
        FetchedState.Entry fetched = from == null ? null : FetchedState.ofUri(site.run(), from.uri());
        if (fetched == null) {
            return;
        }
        Condition now;
        try {
            ManifestStore store = fetched.open(new PublishStep(from.uri()), site);
            if (store == null) {
                return;
            }
            now = ManifestPublish.asOfNow(store);
        } catch (IOException e) {
            site.log().println(Messages.ManifestPublishing_notKnown(from.uri(), e.getMessage()));
            return;
        }
        requireSame(from, now);
    }

    static void requireSame(Provenance from, Condition now) throws AbortException {
        if (!now.equals(Condition.unchanged(from.etag()))) {
            throw new AbortException(
                    Messages.ManifestPublishing_overtaken(Messages.ManifestPublishing_otherManifest(), from.uri()));
        }
    }

    /** The same for a run that is to be compared with that state, and may build less than all. */
    void begin(StateChoice state) throws IOException, InterruptedException {
        try {
            begin((Condition) null);
        } catch (ManifestConflict e) {
            throw new AbortException(Messages.ManifestPublishing_overtaken(e.what(), uri()));
        }
        Provenance from = state.provenance();
        requireBase(
                state.isFullBuild() ? null : state.file(site.workspace().getRemote()),
                from == null ? null : from.uri());
    }

    /**
     * Only what lies at the store tells what production has of that which is not built.
     *
     * @param state what the run is compared with, or null
     * @param from where that was fetched from, or null if nobody knows
     */
    private void requireBase(@CheckForNull String state, @CheckForNull String from)
            throws IOException, InterruptedException {
        Optional<StoredManifest> there = store.head();
        if (there.isEmpty() || uri().equals(from)) {
            return;
        }
        Publication publication = there.get().publication();
        String digest = state == null ? null : store.agent().act(new ManifestCallables.LocalDigest(state));
        if (digest == null || publication == null || !digest.equals(publication.sha256())) {
            throw new AbortException(
                    state == null
                            ? Messages.ManifestPublishing_noBase(uri())
                            : Messages.ManifestPublishing_otherBase(uri(), state));
        }
    }

    private Map<String, Object> publishAsItIs() throws IOException, InterruptedException {
        if (step.getManifest() == null) {
            throw new AbortException(Messages.ManifestPublishing_asItIsWithoutFile());
        }
        String file = site.workspace().child(step.getManifest()).getRemote();
        requireNoSecret(file);
        return write(new ManifestPublish(store, options(null, file, null)), null);
    }

    /**
     * Publishes what is true of a run, and says what it left to build; what came of it, for scripts. Where a publication of
     * this id lies already, it is left as it is.
     *
     * @param expected as in {@link #begin}
     * @param id tells this publication from all others where it may be tried again; else null
     */
    public Map<String, Object> publish(KeptRun kept, Condition expected, String id)
            throws IOException, InterruptedException {
        if (kept.isDeployment() && !kept.isPromoted()) {
            return nothing(kept, Messages.ManifestPublishing_notPromoted());
        }
        if (kept.manifest() == null) {
            return nothing(kept, Messages.ManifestPublishing_noManifest());
        }
        requireNoSecret(kept.manifest());
        String folder = AgentPaths.child(kept.folder().path(), FOLDER);
        try {
            Base base = kept.isPromoted() ? stored(AgentPaths.child(folder, "former.json"), expected) : compared(kept);
            String made = AgentPaths.child(folder, "made.json");
            ProductionSummary summary = store.agent()
                    .act(new TrueManifestCallable(
                            kept.kept(),
                            kept.manifest(),
                            base.file(),
                            base.digest(),
                            Integer.toString(site.run().getNumber()),
                            made));
            if (base.file() == null && !summary.isWhole() && store.head().isPresent()) {
                throw new AbortException(Messages.ManifestPublishing_notWhole(uri()));
            }
            summary.lines().forEach(line -> site.log().println(VisibleText.line(line)));
            Map<String, Object> map = summary.isPublishable()
                    ? write(
                            summary,
                            new ManifestPublish(store, options(base.expected(), made, summary.commit()))
                                    .withCompanions(),
                            id)
                    : notPublished(summary.nothing());
            map.putAll(summary.toMap());
            int left = summary.pending().size() + summary.absent().size();
            note(kept, ActionPublication.of(uri(), summary.isPublishable(), left, summary.lines()));
            return map;
        } finally {
            kept.folder().find().child(FOLDER).deleteRecursive();
        }
    }

    /**
     * What tells what production has of that which a run did not build.
     *
     * @param file its path on the agent, or null if production has nothing
     * @param digest that it must have, or null for any
     * @param expected what must lie at the store still, or null for what this build fetched or saw
     */
    private record Base(String file, String digest, Condition expected) {}

    /** Of a build: what it was compared with. */
    private Base compared(KeptRun kept) throws IOException, InterruptedException {
        if (kept.state() != null) {
            requireBase(kept.state(), kept.stateUri());
        }
        return new Base(kept.state(), kept.stateDigest(), null);
    }

    /**
     * Of a swap: what lies at the store, because the deployment may have been prepared in another build and on another
     * agent. It is what lay there then, or it is refused.
     */
    private Base stored(String destination, Condition expected) throws IOException, InterruptedException {
        FetchedState.Entry seen = FetchedState.ofUri(site.run(), uri());
        Optional<FetchedManifest> there = store.fetch(destination);
        Condition now = Condition.unchanged(
                there.map(fetched -> fetched.provenance().etag()).orElse(null));
        return new Base(
                there.isPresent() ? destination : null,
                there.map(fetched -> fetched.provenance().sha256()).orElse(null),
                expected == null && seen == null ? now : expected);
    }

    private void note(KeptRun kept, ActionPublication publication) throws IOException {
        SlimAction.publish(site.run(), kept.id(), publication);
    }

    private Map<String, Object> nothing(KeptRun kept, String why) throws IOException {
        site.log().println(why);
        note(kept, ActionPublication.of(uri(), false, 0, List.of(why)));
        return notPublished(why);
    }

    private Map<String, Object> notPublished(String why) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("published", false);
        map.put("uri", uri());
        map.put("nothing", why);
        return map;
    }

    private Map<String, Object> write(ProductionSummary summary, ManifestPublish publish, String id)
            throws IOException, InterruptedException {
        try {
            return write(publish, id);
        } catch (ManifestConflict e) {
            // A deployment says itself what became of it.
            throw id == null || id.startsWith("run-") ? e.with(summary.builtSentence()) : e;
        }
    }

    private Map<String, Object> write(ManifestPublish publish, String id) throws IOException, InterruptedException {
        PublishResult published = (id == null ? publish : publish.once(id)).run();
        // So that this build may publish once more.
        FetchedState.noteSeen(site.run(), published.uri(), published.etag());
        return published.toMap();
    }

    private PublishOptions options(Condition expected, String manifest, String commit) throws UserException {
        Run<?, ?> run = site.run();
        FetchedState.Entry fetched = FetchedState.ofUri(run, uri());
        return new PublishOptions(
                manifest,
                expected == null && fetched != null ? fetched.unchanged() : expected,
                step.getOnConflict() == OnConflict.overwrite,
                step.isHistory(),
                JenkinsFacade.rootUrl() + run.getUrl(),
                Integer.toString(run.getNumber()),
                commit == null ? site.env().get("GIT_COMMIT") : commit,
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
}
