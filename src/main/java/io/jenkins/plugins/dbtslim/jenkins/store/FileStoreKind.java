package io.jenkins.plugins.dbtslim.jenkins.store;

import hudson.Extension;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.WorkspaceAgent;
import io.jenkins.plugins.dbtslim.store.ManifestLocation;
import io.jenkins.plugins.dbtslim.store.ManifestStore;
import io.jenkins.plugins.dbtslim.store.file.FileManifestStore;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Manifests on a disk that the agent sees; a relative path is one of the workspace. */
@Restricted(NoExternalUse.class)
@Extension
public class FileStoreKind implements ManifestStoreKind {
    @Override
    public String scheme() {
        return "file";
    }

    @Override
    public ManifestStore open(ManifestLocation location, StoreStep options, StepSite site, WorkspaceAgent agent) {
        String path = site.workspace().child(location.path()).getRemote();
        return new FileManifestStore(new ManifestLocation(location.scheme(), path), agent);
    }
}
