package io.jenkins.plugins.dbtslim.jenkins;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Run;
import hudson.security.ACL;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.springframework.security.core.Authentication;

/**
 * What a build may know of others: its own job, and the jobs in the same folder or multibranch project with the folder
 * itself; anything else only where the build's own identity may read it. A build that runs as SYSTEM (Jenkins' default) has
 * no identity of its own, so it reads what every signed-in user may read. Jobs at the top lie in no folder.
 */
@Restricted(NoExternalUse.class)
public final class ReadableItems {
    private static final Logger LOGGER = Logger.getLogger(ReadableItems.class.getName());

    private ReadableItems() {}

    /** The job of that name, seen from the build's own; null when there is none that the build may have. */
    @CheckForNull
    public static Job<?, ?> job(String name, Run<?, ?> run) {
        ItemGroup<?> folder = run.getParent().getParent();
        Job<?, ?> job = JenkinsFacade.job(name, folder, ACL.SYSTEM2);
        if (job == null || job == run.getParent() || (job.getParent() == folder && !JenkinsFacade.isTop(folder))) {
            return job;
        }
        LOGGER.fine(() -> run + " asks for " + job + " of another folder as " + reader());
        return JenkinsFacade.job(name, folder, reader());
    }

    /** The folder or multibranch project of that full name; null when there is none that the build may have. */
    @CheckForNull
    public static Item project(String fullName, Run<?, ?> run) {
        ItemGroup<?> folder = run.getParent().getParent();
        boolean own = folder instanceof Item item && item.getFullName().equals(fullName);
        return own ? (Item) folder : JenkinsFacade.item(fullName, reader());
    }

    /** The name of another build for messages, or null when this one may not know of it. */
    @CheckForNull
    public static String buildName(String id, Run<?, ?> run) {
        Run<?, ?> other = JenkinsFacade.build(id);
        boolean known = other != null && job("/" + other.getParent().getFullName(), run) == other.getParent();
        return known ? other.getFullDisplayName() : null;
    }

    private static Authentication reader() {
        Authentication own = JenkinsFacade.identity();
        return ACL.SYSTEM2.equals(own) ? JenkinsFacade.anySignedInUser() : own;
    }
}
