package io.jenkins.plugins.dbtslim.jenkins.build;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which build is at work in which database environment: two dbt runs that drop and create the same views would destroy
 * each other's work, and each would seem to have failed by itself.
 */
final class RunningEnvironments {
    private static final Map<String, Holder> HOLDERS = new ConcurrentHashMap<>();

    /**
     * Who is at work.
     *
     * @param key of the running step
     * @param name of its build, for messages
     */
    private record Holder(String key, String name) {}

    private RunningEnvironments() {}

    /** Takes the environment, or fails with a sentence that names who has it; taking it again is fine. */
    static void take(String environment, String key, String name) {
        Holder mine = new Holder(key, name);
        Holder before = HOLDERS.putIfAbsent(environment, mine);
        if (before != null && !before.key().equals(key)) {
            throw new IllegalArgumentException(
                    before.name() + " is running in the same environment (" + environment + "): let it end first.");
        }
    }

    /** Gives back all that this step took. */
    static void release(String key) {
        HOLDERS.values().removeIf(holder -> holder.key().equals(key));
    }
}
