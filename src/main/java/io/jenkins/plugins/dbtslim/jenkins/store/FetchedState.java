package io.jenkins.plugins.dbtslim.jenkins.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.store.Condition;
import io.jenkins.plugins.dbtslim.store.FetchResult;
import io.jenkins.plugins.dbtslim.store.ManifestStore;
import io.jenkins.plugins.dbtslim.store.Provenance;
import io.jenkins.plugins.dbtslim.store.ProvenanceFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What the fetches of a build brought, so that its slim builds find the state and its publishing what it replaces. */
@Restricted(NoExternalUse.class)
public final class FetchedState extends InvisibleAction {
    private final List<Entry> entries = new ArrayList<>();

    /** One fetch; plain texts, because this is stored with the build. */
    public static final class Entry {
        private final String uri;
        private final String path;
        private final String etag;
        private final String outcome;
        private final Map<String, String> provenance;
        private final String place;
        // Null where it cannot be opened once more: with an MFA code, or where it was looked at only.
        private final Map<String, String> access;

        Entry(
                String uri,
                String path,
                String etag,
                String outcome,
                Map<String, String> provenance,
                String place,
                Map<String, String> access) {
            this.uri = uri;
            this.path = path;
            this.etag = etag;
            this.outcome = outcome;
            this.provenance = provenance == null ? null : new TreeMap<>(provenance);
            this.place = place;
            this.access = access;
        }

        /** Where the manifest lives. */
        public String uri() {
            return uri;
        }

        /** The file in the workspace, as the step named it, or null when nothing was to be brought. */
        @CheckForNull
        public String path() {
            return path;
        }

        /** The store's name of that content, or null when nothing was there. */
        @CheckForNull
        public String etag() {
            return etag;
        }

        /** Where the fetched manifest came from and what it is, or null when none was fetched. */
        @CheckForNull
        public Provenance provenance() {
            return provenance == null ? null : ProvenanceFile.of(provenance);
        }

        /** What must still be true at the store when this build publishes there. */
        public Condition unchanged() {
            return Condition.unchanged(etag);
        }

        /** Opens the store again as the fetch did; null where that cannot be. */
        @CheckForNull
        public ManifestStore open(StoreStep options, StepSite site) throws IOException, InterruptedException {
            if (access == null) {
                return null;
            }
            options.takeAccess(access);
            return Stores.open(uri, options, site);
        }

        /** Whether nothing was there and everything is to be built. */
        public boolean isFullBuild() {
            return FetchResult.Outcome.FULL_BUILD.name().equals(outcome);
        }
    }

    /**
     * Notes a fetch on the build; one of the same file replaces the former. A path of null means a look only.
     *
     * @param place the workspace in which it is that path: parallel branches have workspaces of their own
     * @param step which reached the store, or null
     */
    public static void note(
            Run<?, ?> run, String uri, String path, String place, FetchResult result, @CheckForNull StoreStep step) {
        Map<String, String> provenance = result.provenance() == null ? null : ProvenanceFile.texts(result.provenance());
        Entry entry = new Entry(
                uri,
                path,
                result.etag(),
                result.outcome().name(),
                provenance,
                place,
                step == null ? null : step.access());
        add(
                run,
                entry,
                former -> path == null
                        ? former.uri.equals(uri) && former.path == null
                        : isSame(path, former.path) && Objects.equals(place, former.place));
    }

    /** A workspace, as {@link #note} wants it. */
    public static String place(StepSite site) {
        return site.env().get("NODE_NAME") + " " + site.workspace().getRemote();
    }

    /** The folder and its manifest.json are two names of one state. */
    private static boolean isSame(String path, String other) {
        return other != null && plain(path).equals(plain(other));
    }

    private static String plain(String path) {
        return path.replace('\\', '/').replaceFirst("^(\\./)+", "").replaceFirst("/*(^|/)manifest\\.json$|/+$", "");
    }

    /** Notes what lies at a store before a deploy that compares with nothing; the ETag is null when nothing does. */
    public static void noteSeen(Run<?, ?> run, String uri, String etag) {
        note(run, uri, null, null, new FetchResult(FetchResult.Outcome.NOTED, null, null, etag, false), null);
    }

    private static void add(Run<?, ?> run, Entry entry, Predicate<Entry> replaced) {
        synchronized (run) {
            FetchedState state = new FetchedState();
            FetchedState before = run.getAction(FetchedState.class);
            if (before != null) {
                before.entries.stream().filter(replaced.negate()).forEach(state.entries::add);
            }
            state.entries.add(entry);
            run.addOrReplaceAction(state);
        }
    }

    /** The last fetch of that file in this build, or null; without a file the last of all. */
    @CheckForNull
    public static Entry ofPath(Run<?, ?> run, String path) {
        return last(run, entry -> path == null ? entry.path != null : isSame(path, entry.path));
    }

    /** The same, but rather one that was in this workspace. */
    public static Entry ofPath(StepSite site, String path) {
        String place = place(site);
        Entry here = last(
                site.run(),
                entry -> place.equals(entry.place) && (path == null ? entry.path != null : isSame(path, entry.path)));
        return here == null ? ofPath(site.run(), path) : here;
    }

    /** The last fetch from that location in this build, or look at it, or null. */
    @CheckForNull
    public static Entry ofUri(Run<?, ?> run, String uri) {
        return last(run, entry -> entry.uri.equals(uri));
    }

    /** ETags by location of all that the build fetched or looked at; the ETag is null where nothing lay there. */
    public static Map<String, String> seen(Run<?, ?> run) {
        Map<String, String> seen = new LinkedHashMap<>();
        FetchedState state = run.getAction(FetchedState.class);
        if (state != null) {
            state.entries.forEach(entry -> seen.put(entry.uri, entry.etag));
        }
        return seen;
    }

    private static Entry last(Run<?, ?> run, Predicate<Entry> which) {
        FetchedState state = run.getAction(FetchedState.class);
        return state == null
                ? null
                : state.entries.stream().filter(which).reduce((a, b) -> b).orElse(null);
    }
}
