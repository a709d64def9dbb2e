package io.jenkins.plugins.dbtslim.dbt;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.io.UserException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a slim build is for: it sets what is not said otherwise, as the recipe of Materialize's documentation does. Both
 * build what differs from production and what that sets off.
 */
public enum Preset {
    /** In an environment of its own, which is made first; what is not built is read from production. */
    PULL_REQUEST("pullRequest", "staging", true),
    /** In production, after the environment of the pull request that was merged is gone. */
    DEPLOY("deploy", "production", false);

    private final String id;
    private final String target;
    private final boolean defers;

    Preset(String id, String target, boolean defers) {
        this.id = id;
        this.target = target;
        this.defers = defers;
    }

    /** Its name in options. */
    public String id() {
        return id;
    }

    /** The target of the profile in which it builds. */
    public String target() {
        return target;
    }

    /** Whether it reads from production what it does not build. */
    public boolean defers() {
        return defers;
    }

    /** Whether production is read although the environment has a relation of that name, left by an earlier build. */
    public boolean favorsState() {
        return this == PULL_REQUEST;
    }

    /**
     * Whether a build is for a change request: by its mode, or because it reads from production in an environment that a
     * tag names. A build that drops such an environment is that of the merge.
     *
     * @param mode or null
     * @param tag of the environment, or null
     */
    public static boolean isForChange(
            @CheckForNull Preset mode, boolean defers, @CheckForNull String tag, List<Operation> operations) {
        boolean drops = operations.stream().anyMatch(Operation::dropsEnvironment);
        return mode == PULL_REQUEST || (mode == null && defers && tag != null && !drops);
    }

    /**
     * What runs before the build; a project without the macro is fine.
     *
     * @param tag of the environment, or null: without one there is none to make or to drop
     */
    public List<Operation> operations(@CheckForNull String tag) {
        if (tag == null) {
            return List.of();
        }
        return List.of(
                switch (this) {
                    case PULL_REQUEST -> new Operation("create_environment", "", true);
                    case DEPLOY -> new Operation("drop_environment", "", true).in(Operation.DEFAULT_TARGET);
                });
    }

    /**
     * Finds one by its name.
     *
     * @throws UserException with a sentence that lists them
     */
    public static Preset parse(String id) throws UserException {
        return Arrays.stream(values())
                .filter(preset -> preset.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new UserException("There is no mode \"" + id + "\": there are "
                        + Arrays.stream(values()).map(Preset::id).collect(Collectors.joining(" and ")) + "."));
    }
}
