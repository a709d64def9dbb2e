package hudson.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/** Signature of the build queue. */
public class Queue {

    /** Signature of what can wait in the queue. */
    public interface Task extends ModelObject {}

    /** Signature of what an executor runs. */
    public interface Executable extends Runnable {
        @CheckForNull
        default Executable getParentExecutable() {
            throw new UnsupportedOperationException();
        }
    }
}
