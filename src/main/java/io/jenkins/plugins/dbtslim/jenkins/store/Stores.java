package io.jenkins.plugins.dbtslim.jenkins.store;

import hudson.AbortException;
import hudson.ExtensionList;
import hudson.FilePath;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.WorkspaceAgent;
import io.jenkins.plugins.dbtslim.store.ManifestLocation;
import io.jenkins.plugins.dbtslim.store.ManifestStore;
import java.io.IOException;
import java.util.List;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Opens the store of a location. */
@Restricted(NoExternalUse.class)
public final class Stores {
    private static final Logger LOGGER = Logger.getLogger(Stores.class.getName());

    private Stores() {}

    /** The store that a step names, with variables of the step's environment put in. */
    public static ManifestStore open(String text, StoreStep options, StepSite site)
            throws IOException, InterruptedException {
        return open(text, options, site, site.workspace());
    }

    /**
     * The same for files of another agent than the step's.
     *
     * @param files a folder of the machine where they lie
     */
    public static ManifestStore open(String text, StoreStep options, StepSite site, FilePath files)
            throws IOException, InterruptedException {
        return open(text, options, site, files, ExtensionList.lookup(ManifestStoreKind.class));
    }

    static ManifestStore open(
            String text, StoreStep options, StepSite site, FilePath files, List<ManifestStoreKind> kinds)
            throws IOException, InterruptedException {
        ManifestLocation location = ManifestLocation.parse(text, site.env());
        for (ManifestStoreKind kind : kinds) {
            if (kind.scheme().equals(location.scheme())) {
                LOGGER.fine(() -> site.run() + " opens " + location);
                return kind.open(location, options, site, new WorkspaceAgent(files, site.listener()));
            }
        }
        throw new AbortException(Messages.Stores_unknownScheme(
                location.scheme(),
                kinds.stream().map(kind -> kind.scheme() + ":").collect(Collectors.joining(", "))));
    }
}
