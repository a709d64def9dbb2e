package io.jenkins.plugins.dbtslim.jenkins.engine;

import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Which step of which build: the same after a restart of the controller.
 *
 * @param build its externalizable id
 * @param step id of its flow node, or anything that no other step of the build has
 */
@Restricted(NoExternalUse.class)
public record StepKey(String build, String step) {
    @Override
    public String toString() {
        return build + ":" + step;
    }
}
