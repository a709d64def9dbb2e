package hudson;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.AbstractList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Signature of the list of an extension point's instances; in tests a singleton is made when it is asked for. */
public class ExtensionList<T> extends AbstractList<T> {
    private static final Map<Class<?>, Object> SINGLETONS = new ConcurrentHashMap<>();

    private static Object make(Class<?> type) {
        try {
            return type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

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
        return type.cast(SINGLETONS.computeIfAbsent(type, ExtensionList::make));
    }

    public @NonNull static <U> U lookupFirst(Class<U> type) {
        throw new UnsupportedOperationException();
    }
}
