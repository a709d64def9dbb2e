package io.jenkins.plugins.dbtslim.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;

/**
 * How to publish.
 *
 * @param manifest absolute path of the manifest, where the files lie
 * @param expected what must still lie there: what was fetched or seen when the deploy started; null means what lies
 *     there when publishing starts
 * @param overwriteOnConflict whether to replace what somebody else wrote meanwhile
 * @param history whether to keep a copy under {@code history/} first
 * @param build URL of the publishing build, or null
 * @param buildName short name of it for the history, such as {@code 42}, or null
 * @param commit of the sources, or null
 * @param changeRequest name of the change request that this build is for, or null when it is for none
 * @param allowFromChangeRequest whether such a build may publish all the same
 */
public record PublishOptions(
        String manifest,
        Condition expected,
        boolean overwriteOnConflict,
        boolean history,
        @CheckForNull String build,
        @CheckForNull String buildName,
        @CheckForNull String commit,
        @CheckForNull String changeRequest,
        boolean allowFromChangeRequest)
        implements Serializable {
    private static final long serialVersionUID = 1L;
}
