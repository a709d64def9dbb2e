package io.jenkins.plugins.dbtslim.jenkins.store;

import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.dbtslim.store.FetchResult;
import java.util.ArrayList;
import java.util.List;

/** What the fetches of a build brought, so that its slim builds find the state and its publishing what it replaces. */
public final class FetchedState extends InvisibleAction {
    private final List<Entry> entries = new ArrayList<>();

    /** One fetch; plain texts, because this is stored with the build. */
    public static final class Entry {
        private final String uri;
        private final String path;
        private final String etag;
        private final String outcome;

        Entry(String uri, String path, String etag, String outcome) {
            this.uri = uri;
            this.path = path;
            this.etag = etag;
            this.outcome = outcome;
        }

        /** Where the manifest lives. */
        public String uri() {
            return uri;
        }

        /** The file in the workspace, as the step named it. */
        public String path() {
            return path;
        }

        /** The store's name of that content, or null when nothing was there. */
        public String etag() {
            return etag;
        }

        /** Whether nothing was there and everything is to be built. */
        public boolean isFullBuild() {
            return FetchResult.Outcome.FULL_BUILD.name().equals(outcome);
        }
    }

    /** Notes a fetch on the build; one of the same file replaces the former. */
    public static void note(Run<?, ?> run, String uri, String path, FetchResult result) {
        synchronized (run) {
            FetchedState state = new FetchedState();
            FetchedState before = run.getAction(FetchedState.class);
            if (before != null) {
                before.entries.stream()
                        .filter(entry -> !entry.path.equals(path))
                        .forEach(state.entries::add);
            }
            state.entries.add(new Entry(
                    uri,
                    path,
                    result.found() ? result.provenance().etag() : null,
                    result.outcome().name()));
            run.addOrReplaceAction(state);
        }
    }

    /** The last fetch of that file in this build, or null; without a file the last of all. */
    public static Entry ofPath(Run<?, ?> run, String path) {
        return last(run, entry -> path == null || entry.path.equals(path));
    }

    /** The last fetch from that location in this build, or null. */
    public static Entry ofUri(Run<?, ?> run, String uri) {
        return last(run, entry -> entry.uri.equals(uri));
    }

    private static Entry last(Run<?, ?> run, java.util.function.Predicate<Entry> which) {
        FetchedState state = run.getAction(FetchedState.class);
        return state == null
                ? null
                : state.entries.stream().filter(which).reduce((a, b) -> b).orElse(null);
    }
}
