package io.jenkins.plugins.dbtslim.jenkins.credentials;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMHeadOrigin;
import jenkins.scm.api.SCMRevision;
import jenkins.scm.api.SCMRevisionAction;
import jenkins.scm.api.SCMSource;

/**
 * Whether a build's sources may see a secret. A branch source that does not trust the author of a fork's change request takes
 * the Jenkinsfile from the target branch; the dbt project in the checkout is the author's all the same, and dbt runs it with
 * whatever log-in it gets.
 */
final class ChangeTrust {
    private static final Logger LOGGER = Logger.getLogger(ChangeTrust.class.getName());

    private ChangeTrust() {}

    /**
     * Refuses credentials to a change request that the build's branch source does not trust.
     *
     * @param id of the credentials, for the message
     */
    static void require(Run<?, ?> run, String id) throws AbortException, InterruptedException {
        SCMHead head = SCMHead.HeadByItem.findHead(run.getParent());
        SCMSource source = head == null ? null : SCMSource.SourceByItem.findSource(run.getParent());
        if (source != null && !isTrusted(source, head, SCMRevisionAction.getRevision(source, run))) {
            throw new AbortException(Messages.ChangeTrust_notGiven(id, head.getName(), origin(head)));
        }
    }

    /**
     * Asks the branch source, and through it the code host, about forks alone.
     *
     * @param built what the build checked out, or null where nobody noted it
     */
    static boolean isTrusted(SCMSource source, SCMHead head, @CheckForNull SCMRevision built)
            throws InterruptedException {
        if (head.getOrigin().equals(SCMHeadOrigin.DEFAULT)) {
            return true;
        }
        try {
            return built != null && built.equals(source.getTrustedRevision(built, TaskListener.NULL));
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "cannot tell whether " + head.getName() + " is trusted");
            return false;
        }
    }

    private static String origin(SCMHead head) {
        return head.getOrigin() instanceof SCMHeadOrigin.Fork fork ? fork.getName() : "";
    }
}
