package io.jenkins.plugins.dbtslim.dbt;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;

/**
 * What a slim build is for: it sets what is not said otherwise, as the recipe of Materialize's documentation does. All
 * build what differs from production and what that sets off. Its names are those of the option {@code mode}.
 */
public enum Mode {
    /** What the options say, and nothing else. */
    none(null, true),
    /** In an environment of its own, which is made first; what is not built is read from production. */
    pullRequest("staging", true),
    /** In production, after the environment of the pull request that was merged is gone. */
    deploy("production", false);

    private final String target;
    private final boolean defers;

    Mode(@CheckForNull String target, boolean defers) {
        this.target = target;
        this.defers = defers;
    }

    /** The target of the profile in which it builds, or null for the profile's own. */
    @CheckForNull
    public String target() {
        return target;
    }

    /** Whether it reads from production what it does not build. */
    public boolean defers() {
        return defers;
    }

    /** Whether production is read although the environment has a relation of that name, left by an earlier build. */
    public boolean favorsState() {
        return this == pullRequest;
    }

    /**
     * Whether a build is for a change request: by its mode, or because it reads from production in an environment that a
     * tag names. A build that drops such an environment is that of the merge.
     *
     * @param tag of the environment, or null
     */
    public static boolean isForChange(Mode mode, boolean defers, @CheckForNull String tag, List<Operation> operations) {
        boolean drops = operations.stream().anyMatch(Operation::dropsEnvironment);
        return mode == pullRequest || (mode == none && defers && tag != null && !drops);
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
        return switch (this) {
            case none -> List.of();
            case pullRequest -> List.of(new Operation("create_environment", "", true));
            case deploy -> List.of(new Operation("drop_environment", "", true).in(Operation.DEFAULT_TARGET));
        };
    }
}
