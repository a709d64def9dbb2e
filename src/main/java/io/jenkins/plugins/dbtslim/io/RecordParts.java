package io.jenkins.plugins.dbtslim.io;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The components of a record that has many, by name: what copies, keeps or counts them all need not name each once more.
 *
 * @param <R> the record
 */
public final class RecordParts<R extends Record> {
    private final List<String> names;
    private final Map<String, Integer> places = new HashMap<>();
    private final List<Method> accessors;
    private final Constructor<R> constructor;

    public RecordParts(Class<R> type) {
        RecordComponent[] parts = type.getRecordComponents();
        names = Stream.of(parts).map(RecordComponent::getName).toList();
        names.forEach(name -> places.put(name, places.size()));
        accessors = Stream.of(parts).map(RecordComponent::getAccessor).toList();
        try {
            constructor = type.getDeclaredConstructor(
                    Stream.of(parts).map(RecordComponent::getType).toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Their names, in their order. */
    public List<String> names() {
        return names;
    }

    /** Where among them one is. */
    public int place(String name) {
        return places.get(name);
    }

    /** The values of a record, in that order. */
    public Object[] values(R record) {
        Object[] values = new Object[accessors.size()];
        try {
            for (int i = 0; i < values.length; i++) {
                values[i] = accessors.get(i).invoke(record);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        return values;
    }

    /** The record of these values. */
    public R make(Object[] values) {
        try {
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
