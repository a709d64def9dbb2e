package hudson.util;

import java.util.AbstractList;
import java.util.List;

/** Signature of a list that saves its owner. */
public class PersistedList<T> extends AbstractList<T> {
    protected PersistedList() {}

    @Override
    public T get(int index) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int size() {
        throw new UnsupportedOperationException();
    }

    public List<T> toList() {
        throw new UnsupportedOperationException();
    }
}
