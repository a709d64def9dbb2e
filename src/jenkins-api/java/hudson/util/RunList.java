package hudson.util;

import hudson.model.Run;
import java.util.AbstractList;
import java.util.Iterator;

/** Signature of a job's builds. */
public class RunList<R extends Run> extends AbstractList<R> {
    public R get(int index) {
        throw new UnsupportedOperationException();
    }

    public int size() {
        throw new UnsupportedOperationException();
    }

    public Iterator<R> iterator() {
        throw new UnsupportedOperationException();
    }

    public R getLastBuild() {
        throw new UnsupportedOperationException();
    }

    public RunList<R> limit(int n) {
        throw new UnsupportedOperationException();
    }

    public RunList<R> newBuilds() {
        throw new UnsupportedOperationException();
    }
}
