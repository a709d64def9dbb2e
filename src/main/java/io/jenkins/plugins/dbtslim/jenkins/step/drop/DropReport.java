package io.jenkins.plugins.dbtslim.jenkins.step.drop;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of it, brought from the agent.
 *
 * @param tags of the environments that are gone
 * @param failed tags of those that may still be there
 * @param error why, in one sentence without secrets, or null
 */
record DropReport(
        List<String> tags,
        List<String> failed,
        @CheckForNull String error) implements Serializable {
    private static final long serialVersionUID = 1L;
    static final DropReport NOTHING = new DropReport(List.of(), List.of(), null);

    DropReport {
        tags = new ArrayList<>(tags);
        failed = new ArrayList<>(failed);
    }
}
