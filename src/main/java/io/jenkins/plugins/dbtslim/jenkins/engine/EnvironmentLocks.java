package io.jenkins.plugins.dbtslim.jenkins.engine;

import hudson.model.Run;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.jenkins.JenkinsFacade;
import io.jenkins.plugins.dbtslim.jenkins.ReadableItems;
import io.jenkins.plugins.dbtslim.jenkins.agent.StuckRuns;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Which builds are at work in which database environment: two builds that drop and create the same views would destroy
 * each other's work, and each would seem to have failed by itself. Several steps of one build may share an environment,
 * as those of a repository with several projects do.
 *
 * <p>An environment has one name, whatever the step: {@link RunSettings#environment}. Other folders' builds count too, as
 * the database is the same, but their names are told only to those who may read them.
 *
 * <p>This is memory only; a step that goes on after a restart of the controller takes its environment again, and what an
 * ended build has left at work is in {@link StuckRuns}.
 */
@Restricted(NoExternalUse.class)
public final class EnvironmentLocks {
    private static final Logger LOGGER = Logger.getLogger(EnvironmentLocks.class.getName());
    private static final Map<String, Set<StepKey>> HOLDERS = new HashMap<>();

    private EnvironmentLocks() {}

    /** Takes environments, or fails with a sentence that names who has one, as far as this build may know; again is fine. */
    public static void take(List<String> environments, StepKey key, Run<?, ?> run) throws IOException {
        for (String environment : environments) {
            StuckRuns.known().require(environment);
            take(environment, key, JenkinsFacade::isBuilding, id -> ReadableItems.buildName(id, run));
        }
    }

    /**
     * The same.
     *
     * @param isBuilding whether the build of that id still runs: one that was killed hard gave nothing back
     * @param name of the build of that id, or null when it must not be told
     */
    static synchronized void take(
            String environment, StepKey key, Predicate<String> isBuilding, UnaryOperator<String> name)
            throws UserException {
        String other = holder(environment, key, isBuilding);
        if (other != null) {
            LOGGER.fine(() -> key + " may not have " + environment + ", which " + other + " has");
            throw new UserException(Objects.requireNonNullElse(name.apply(other), "Another build")
                    + " is running in the same environment (" + environment
                    + "): let it end first, or let the job run one build at a time.");
        }
        Set<StepKey> holders = HOLDERS.computeIfAbsent(environment, unused -> new LinkedHashSet<>());
        holders.removeIf(gone -> !gone.build().equals(key.build()));
        holders.add(key);
        LOGGER.fine(() -> key + " has " + environment);
    }

    /** Whether another build has the environment now, or one that ended left something at work there. */
    public static boolean isHeldByOther(String environment, StepKey key) {
        return holder(environment, key, JenkinsFacade::isBuilding) != null
                || StuckRuns.known().isStuck(environment);
    }

    private static synchronized String holder(String environment, StepKey key, Predicate<String> isBuilding) {
        return HOLDERS.getOrDefault(environment, Set.of()).stream()
                .map(StepKey::build)
                .filter(build -> !build.equals(key.build()) && isBuilding.test(build))
                .findFirst()
                .orElse(null);
    }

    /** Takes them as before a restart of the controller, whoever else has them by now. */
    public static synchronized void takeAgain(Collection<String> environments, StepKey key) {
        environments.forEach(environment -> HOLDERS.computeIfAbsent(environment, unused -> new LinkedHashSet<>())
                .add(key));
    }

    /** Gives back what this step took. */
    public static synchronized void release(StepKey key) {
        LOGGER.fine(() -> key + " gives back what it has");
        HOLDERS.values().forEach(holders -> holders.remove(key));
        HOLDERS.values().removeIf(Set::isEmpty);
    }
}
