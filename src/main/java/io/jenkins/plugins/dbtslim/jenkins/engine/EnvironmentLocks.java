package io.jenkins.plugins.dbtslim.jenkins.engine;

import io.jenkins.plugins.dbtslim.io.UserException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Which builds are at work in which database environment: two builds that drop and create the same views would destroy
 * each other's work, and each would seem to have failed by itself. Several steps of one build may share an environment,
 * as those of a repository with several projects do.
 *
 * <p>This is memory only; a step that goes on after a restart of the controller takes its environment again.
 */
@Restricted(NoExternalUse.class)
public final class EnvironmentLocks {
    private static final Map<String, Map<StepKey, String>> HOLDERS = new HashMap<>();

    private EnvironmentLocks() {}

    /**
     * Takes the environment, or fails with a sentence that names who has it; taking it again is fine.
     *
     * @param name of the build, for messages
     * @param isBuilding whether the build of that id still runs: one that was killed hard gave nothing back
     */
    public static synchronized void take(String environment, StepKey key, String name, Predicate<String> isBuilding)
            throws UserException {
        Map<StepKey, String> holders = HOLDERS.computeIfAbsent(environment, unused -> new LinkedHashMap<>());
        holders.keySet().removeIf(other -> !other.build().equals(key.build()) && !isBuilding.test(other.build()));
        for (Map.Entry<StepKey, String> other : holders.entrySet()) {
            if (!other.getKey().build().equals(key.build())) {
                throw new UserException(other.getValue() + " is running in the same environment (" + environment
                        + "): let it end first, or let the job run one build at a time.");
            }
        }
        holders.put(key, name);
    }

    /** Takes it as before a restart of the controller, whoever else has it by now. */
    public static synchronized void takeAgain(String environment, StepKey key, String name) {
        HOLDERS.computeIfAbsent(environment, unused -> new LinkedHashMap<>()).put(key, name);
    }

    /** Gives back what this step took. */
    public static synchronized void release(StepKey key) {
        HOLDERS.values().forEach(holders -> holders.remove(key));
        HOLDERS.values().removeIf(Map::isEmpty);
    }
}
