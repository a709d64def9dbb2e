package io.jenkins.plugins.dbtslim.jenkins.store;

import hudson.ExtensionPoint;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.WorkspaceAgent;
import io.jenkins.plugins.dbtslim.store.ManifestLocation;
import io.jenkins.plugins.dbtslim.store.ManifestStore;
import java.io.IOException;

/**
 * A kind of place where manifests live, by the scheme of its locations. Another plugin adds one with an {@code
 * @Extension} of this type: then {@code dbtFetchManifest 'ftp:host/manifest.json'} and {@code dbtPublishManifest} work
 * with it, with all that is the same for every store ({@code ifMissing}, {@code maxAge}, conflicts, change requests,
 * the check of the project, history).
 *
 * <p>What is particular is the {@link ManifestStore} that it opens: look, fetch, write under a condition. Work where the
 * files lie is an {@link io.jenkins.plugins.dbtslim.store.AgentCallable} for the agent: plain serializable data, because it
 * travels to an agent, without secrets that the agent need not have. A callable that fetches writes into a {@link
 * io.jenkins.plugins.dbtslim.store.DestinationFile}, which checks the manifest and puts it into place with its provenance.
 * What the user can correct is a {@link io.jenkins.plugins.dbtslim.store.transfer.StoreException} with one sentence.
 */
public interface ManifestStoreKind extends ExtensionPoint {
    /** The scheme, in lower case, of at least two characters: {@code s3}, {@code file}, … */
    String scheme();

    /**
     * The store at a location, reached from the agent of that site. Nothing is asked of it yet.
     *
     * @param location with the variables of the step's environment put in; what follows the scheme is as written
     * @param options of the step: credentials, region, endpoint; ignore what does not apply
     * @param site of the step
     * @param agent runs callables there
     * @throws hudson.AbortException with one sentence, when the location or an option cannot be right
     */
    ManifestStore open(ManifestLocation location, StoreStep options, StepSite site, WorkspaceAgent agent)
            throws IOException, InterruptedException;
}
