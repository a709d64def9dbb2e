package io.jenkins.plugins.dbtslim.jenkins;

import hudson.model.TaskListener;
import java.io.File;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/** An instance of any class of ours with something in each field, made past its constructor. */
final class FilledInstance {
    private static final Map<Class<?>, Object> SAMPLES = Map.ofEntries(
            Map.entry(String.class, "text"),
            Map.entry(Object.class, "object"),
            Map.entry(java.io.Serializable.class, "serializable"),
            Map.entry(int.class, 7),
            Map.entry(Integer.class, 7),
            Map.entry(long.class, 8L),
            Map.entry(Long.class, 8L),
            Map.entry(double.class, 0.5),
            Map.entry(Double.class, 0.5),
            Map.entry(boolean.class, true),
            Map.entry(Boolean.class, true),
            Map.entry(File.class, new File("file")),
            Map.entry(URI.class, URI.create("http://host/")),
            Map.entry(Instant.class, Instant.EPOCH),
            Map.entry(Duration.class, Duration.ofMinutes(1)),
            Map.entry(Pattern.class, Pattern.compile("x")),
            Map.entry(Throwable.class, new IllegalStateException("x")));

    /** Given its place where it arrives, and so left out. */
    private static final Set<Class<?>> LEFT_OUT = Set.of(TaskListener.class);

    private final Function<Class<?>, Class<?>> implementation;
    private final Deque<Class<?>> path = new ArrayDeque<>();

    /** Of an interface or abstract class, the function gives one that implements it. */
    FilledInstance(Function<Class<?>, Class<?>> implementation) {
        this.implementation = implementation;
    }

    Object of(Type type) throws ReflectiveOperationException {
        if (type instanceof WildcardType wildcard) {
            return of(wildcard.getUpperBounds()[0]);
        }
        Type[] arguments = type instanceof ParameterizedType generic ? generic.getActualTypeArguments() : new Type[0];
        Class<?> raw = (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
        if (SAMPLES.containsKey(raw)) {
            return SAMPLES.get(raw);
        }
        if (LEFT_OUT.contains(raw) || path.contains(raw)) {
            return null;
        }
        if (raw.isEnum()) {
            return raw.getEnumConstants()[raw.getEnumConstants().length - 1];
        }
        if (raw.isArray()) {
            return Array.newInstance(raw.getComponentType(), 2);
        }
        if (Collection.class.isAssignableFrom(raw)) {
            List<Object> one = new ArrayList<>(List.of(of(arguments[0])));
            return raw.isAssignableFrom(ArrayList.class) ? one : new TreeSet<>(one);
        }
        if (Map.class.isAssignableFrom(raw)) {
            Map<Object, Object> one =
                    raw.isAssignableFrom(TreeMap.class) ? new TreeMap<>() : new java.util.LinkedHashMap<>();
            one.put(of(arguments[0]), of(arguments[1]));
            return one;
        }
        if (java.nio.charset.Charset.class == raw) {
            return StandardCharsets.UTF_8;
        }
        if (raw.isInterface() || Modifier.isAbstract(raw.getModifiers())) {
            Class<?> ours = implementation.apply(raw);
            return ours == null ? null : of(ours);
        }
        path.push(raw);
        try {
            return raw.isRecord() ? record(raw) : fill(raw);
        } finally {
            path.pop();
        }
    }

    private Object record(Class<?> type) throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < types.length; i++) {
            types[i] = components[i].getType();
            values[i] = of(components[i].getGenericType());
        }
        var constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return constructor.newInstance(values);
    }

    /** As serialization makes it; by reflection, because the compiler warns of that class. */
    private static Object empty(Class<?> type) throws ReflectiveOperationException {
        Class<?> factory = Class.forName("sun.reflect.ReflectionFactory");
        Object one = factory.getMethod("getReflectionFactory").invoke(null);
        Constructor<?> constructor =
                (Constructor<?>) factory.getMethod("newConstructorForSerialization", Class.class, Constructor.class)
                        .invoke(one, type, Object.class.getDeclaredConstructor());
        return constructor.newInstance();
    }

    private Object fill(Class<?> type) throws ReflectiveOperationException {
        Object made = empty(type);
        for (Class<?> owner = type; owner != Object.class; owner = owner.getSuperclass()) {
            for (Field field : owner.getDeclaredFields()) {
                int modifiers = field.getModifiers();
                if (!Modifier.isStatic(modifiers)
                        && !Modifier.isTransient(modifiers)
                        && !owner.getName().startsWith("java.")) {
                    field.setAccessible(true);
                    field.set(made, of(field.getGenericType()));
                }
            }
        }
        return made;
    }
}
