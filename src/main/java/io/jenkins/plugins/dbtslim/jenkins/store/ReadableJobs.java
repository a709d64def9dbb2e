package io.jenkins.plugins.dbtslim.jenkins.store;

import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Run;
import hudson.security.ACL;
import io.jenkins.plugins.dbtslim.jenkins.JenkinsFacade;
import org.springframework.security.core.Authentication;

/**
 * Whose manifests a build may have: those of its own job and of jobs in the same folder or multibranch project; of any
 * other job only where the build's own identity may read it. A build that runs as SYSTEM (Jenkins' default) has no
 * identity of its own, so it reads what every signed-in user may read. Jobs at the top lie in no folder.
 */
final class ReadableJobs {
    private ReadableJobs() {}

    /** The job of that name, seen from the build's own; null when there is none that the build may have. */
    static Job<?, ?> find(String name, Run<?, ?> run) {
        ItemGroup<?> folder = run.getParent().getParent();
        Job<?, ?> job = JenkinsFacade.job(name, folder, ACL.SYSTEM2);
        if (job == null || job == run.getParent() || (job.getParent() == folder && !JenkinsFacade.isTop(folder))) {
            return job;
        }
        Authentication own = JenkinsFacade.identity();
        return JenkinsFacade.job(name, folder, ACL.SYSTEM2.equals(own) ? JenkinsFacade.anySignedInUser() : own);
    }
}
