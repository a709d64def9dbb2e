package io.jenkins.plugins.dbtslim.jenkins.store;

import hudson.ExtensionPoint;
import io.jenkins.plugins.dbtslim.jenkins.AgentCarrier;
import io.jenkins.plugins.dbtslim.jenkins.BuildSite;
import io.jenkins.plugins.dbtslim.store.ManifestLocation;
import io.jenkins.plugins.dbtslim.store.ManifestStore;
import java.io.IOException;

/** A kind of place where manifests live, by the scheme of its locations. Other plugins may add kinds. */
public interface ManifestStoreKind extends ExtensionPoint {
    /** The scheme, in lower case: {@code s3}, {@code file}, … */
    String scheme();

    /** The store at a location, reached from the agent of that site. */
    ManifestStore open(ManifestLocation location, StoreStep options, BuildSite site, AgentCarrier carrier)
            throws IOException, InterruptedException;
}
