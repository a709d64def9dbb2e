package hudson.model;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.Serializable;

/** Signature of a build's result, with its values. */
public final class Result implements Serializable {
    public @NonNull static final Result SUCCESS = new Result("SUCCESS", 0);
    public @NonNull static final Result UNSTABLE = new Result("UNSTABLE", 1);
    public @NonNull static final Result FAILURE = new Result("FAILURE", 2);
    public @NonNull static final Result NOT_BUILT = new Result("NOT_BUILT", 3);
    public @NonNull static final Result ABORTED = new Result("ABORTED", 4);
    public final int ordinal;
    public final boolean completeBuild = false;
    private final String name;

    private Result(String name, int ordinal) {
        this.name = name;
        this.ordinal = ordinal;
    }

    public boolean isWorseThan(@NonNull Result that) {
        return ordinal > that.ordinal;
    }

    public @NonNull String toString() {
        return name;
    }

    public @NonNull static Result fromString(@NonNull String s) {
        throw new UnsupportedOperationException();
    }

    public static void init() {
        throw new UnsupportedOperationException();
    }
}
