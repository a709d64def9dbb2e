package io.jenkins.plugins.dbtslim.jenkins.store;

import hudson.AbortException;
import hudson.Extension;
import hudson.model.Job;
import io.jenkins.plugins.dbtslim.jenkins.ReadableItems;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.WorkspaceAgent;
import io.jenkins.plugins.dbtslim.store.ManifestLocation;
import io.jenkins.plugins.dbtslim.store.ManifestStore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Manifests that jobs keep, on the controller: {@code build:<job>} or {@code build:<job>#<name>} where its builds
 * publish more than one. The job is named as seen from the build's own ({@code main} beside it, {@code
 * ../other/main}, {@code /folder/main} from the top).
 */
@Restricted(NoExternalUse.class)
@Extension
public class BuildStoreKind implements ManifestStoreKind {
    private static final Pattern FORM = Pattern.compile("([^#]+)(?:#([A-Za-z0-9._-]{1,64}))?");
    private static final String DEFAULT_NAME = "manifest";

    @Override
    public String scheme() {
        return "build";
    }

    @Override
    public ManifestStore open(ManifestLocation location, StoreStep options, StepSite site, WorkspaceAgent agent)
            throws AbortException {
        Matcher matcher = FORM.matcher(location.path());
        if (!matcher.matches()) {
            throw new AbortException(Messages.BuildStoreKind_form(location));
        }
        Job<?, ?> job = ReadableItems.job(matcher.group(1), site.run());
        if (job == null) {
            throw new AbortException(Messages.BuildStoreKind_noJob(
                    matcher.group(1), site.run().getParent().getFullName()));
        }
        String name = matcher.group(2);
        return new KeptManifestStore(
                new ManifestLocation(scheme(), "/" + job.getFullName() + (name == null ? "" : "#" + name)),
                new KeptManifests(job.getRootDir().toPath(), name == null ? DEFAULT_NAME : name),
                job == site.run().getParent() ? site.run().getNumber() : null,
                agent);
    }
}
