package hudson;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.AbstractList;

/** Signature of the list of an extension point's instances. */
public class ExtensionList<T> extends AbstractList<T> {
    public int size() {
        throw new UnsupportedOperationException();
    }

    public @CheckForNull <U extends T> U get(@NonNull Class<U> type) {
        throw new UnsupportedOperationException();
    }

    public T get(int index) {
        throw new UnsupportedOperationException();
    }

    public @NonNull static <T> ExtensionList<T> lookup(Class<T> type) {
        throw new UnsupportedOperationException();
    }

    public @NonNull static <U> U lookupSingleton(Class<U> type) {
        throw new UnsupportedOperationException();
    }

    public @NonNull static <U> U lookupFirst(Class<U> type) {
        throw new UnsupportedOperationException();
    }
}
