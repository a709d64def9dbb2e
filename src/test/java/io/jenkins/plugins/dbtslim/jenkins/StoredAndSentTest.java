package io.jenkins.plugins.dbtslim.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import hudson.FilePath;
import hudson.model.Action;
import hudson.model.TaskListener;
import hudson.remoting.Callable;
import hudson.util.Secret;
import io.jenkins.plugins.dbtslim.store.AgentCallable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.net.URI;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jenkins.model.TransientActionFactory;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every class of ours that goes to an agent, into a running Pipeline's state or into {@code build.xml} holds only what can be
 * serialized there and read again: no live Jenkins object, nothing of an outer object, no type that Jenkins' class filter
 * refuses. What is declared is looked at, so that no new class is forgotten.
 */
class StoredAndSentTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.jenkins.plugins.dbtslim");

    /** Known to the class filter, or proxied by remoting (the listener), or given its place by Pipeline (the context). */
    private static final Set<Class<?>> FINE = Set.of(
            String.class,
            Integer.class,
            Long.class,
            Double.class,
            Boolean.class,
            Secret.class,
            Pattern.class,
            File.class,
            URI.class,
            Charset.class,
            Instant.class,
            Duration.class,
            Throwable.class,
            TaskListener.class,
            StepContext.class,
            StepExecution.class,
            Serializable.class,
            Object.class);

    /** An instance that holds one which holds the first would never be filled. */
    private static final Comparator<Class<?>> PLAINEST = Comparator.comparing(type -> type.getDeclaredFields().length);

    private static Stream<Class<?>> assignableTo(Class<?>... roots) {
        return OURS.stream()
                .filter(type -> Stream.of(roots).anyMatch(root -> type.isAssignableTo(root)))
                .map(JavaClass::reflect)
                .filter(type -> !type.isInterface());
    }

    static Stream<Class<?>> sent() {
        return assignableTo(FilePath.FileCallable.class, Callable.class, AgentCallable.class);
    }

    static Stream<Class<?>> storedWithARunningPipeline() {
        return assignableTo(StepExecution.class, StepContext.class);
    }

    /** An action that a factory makes whenever one looks is stored nowhere. */
    static Stream<Class<?>> storedWithABuild() {
        return assignableTo(Action.class).filter(type -> OURS.get(type).getConstructorCallsToSelf().stream()
                .noneMatch(call -> call.getOriginOwner().isAssignableTo(TransientActionFactory.class)));
    }

    @Test
    void thereIsSomethingToLookAt() {
        assertThat(sent()).hasSizeGreaterThan(5);
        assertThat(storedWithARunningPipeline()).hasSizeGreaterThan(2);
        assertThat(storedWithABuild()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("sent")
    void everyFieldCanBeSent(Class<?> type) {
        assertThat(bad(type, Way.SENT)).as(type.getName()).isEmpty();
    }

    /** A newer version of the plugin resumes what an older one stored, with fields more or less. */
    @ParameterizedTest
    @MethodSource("storedWithARunningPipeline")
    void everyFieldCanBeStoredWithAPipeline(Class<?> type) {
        assertThat(bad(type, Way.PIPELINE)).as(type.getName()).isEmpty();
    }

    /** An instance with something in each field goes out and comes in again as it was. */
    @ParameterizedTest
    @MethodSource({"sent", "storedWithARunningPipeline"})
    void instancesTravel(Class<?> type) throws Exception {
        Object filled = new FilledInstance(root -> isOurs(root) || root == StepExecution.class
                        ? assignableTo(root).min(PLAINEST).orElse(null)
                        : null)
                .of(type);
        byte[] bytes = write(filled);
        Object read = new ObjectInputStream(new ByteArrayInputStream(bytes)).readObject();
        assertThat(read).isExactlyInstanceOf(type);
        assertThat(write(read)).isEqualTo(bytes);
    }

    private static byte[] write(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @MethodSource("storedWithABuild")
    void everyFieldOfAnActionIsPlain(Class<?> type) {
        assertThat(bad(type, Way.BUILD)).as(type.getName()).isEmpty();
    }

    /** How an object leaves. */
    private enum Way {
        /** To an agent, which has the same version. */
        SENT,
        /** Into a running Pipeline's state. */
        PIPELINE,
        /** Into {@code build.xml}. */
        BUILD
    }

    private static Map<String, String> bad(Class<?> type, Way way) {
        Map<String, String> bad = new TreeMap<>();
        check(type, type.getSimpleName(), way, new HashSet<>(), bad);
        return bad;
    }

    private static void check(Class<?> type, String path, Way way, Set<Class<?>> seen, Map<String, String> bad) {
        if (!seen.add(type)) {
            return;
        }
        if (way != Way.BUILD && !Serializable.class.isAssignableFrom(type)) {
            bad.put(path, type.getName() + " is not serializable");
        }
        if (way != Way.SENT && type.isRecord()) {
            bad.put(path, type.getName() + " is a record, which cannot be read again with a field more or less");
        }
        if (type.isAnonymousClass() || type.isLocalClass()) {
            bad.put(path, type.getName() + " has no name of its own");
        }
        for (Class<?> owner = type; owner != null && isOurs(owner); owner = owner.getSuperclass()) {
            for (Field field : owner.getDeclaredFields()) {
                int modifiers = field.getModifiers();
                if (!Modifier.isStatic(modifiers) && !Modifier.isTransient(modifiers)) {
                    if (field.isSynthetic()) {
                        bad.put(path, owner.getName() + " drags its outer object along");
                    } else {
                        checkType(field.getGenericType(), path + "." + field.getName(), way, seen, bad);
                    }
                }
            }
        }
    }

    private static void checkType(Type type, String path, Way way, Set<Class<?>> seen, Map<String, String> bad) {
        for (Class<?> part : parts(type, new ArrayList<>())) {
            boolean plain = part.isPrimitive()
                    || part.isEnum()
                    || FINE.contains(part)
                    || Collection.class.isAssignableFrom(part)
                    || Map.class.isAssignableFrom(part)
                    || (part.isArray() && part.getComponentType().isPrimitive());
            if (!plain && isOurs(part)) {
                subtypes(part).forEach(sub -> check(sub, path, way, seen, bad));
            } else if (!plain) {
                bad.put(path, part.getName() + " is not for storing or sending");
            }
        }
    }

    /** An interface stands for all that implement it. */
    private static Stream<Class<?>> subtypes(Class<?> type) {
        return type.isInterface() || Modifier.isAbstract(type.getModifiers()) ? assignableTo(type) : Stream.of(type);
    }

    private static List<Class<?>> parts(Type type, List<Class<?>> found) {
        if (type instanceof Class<?> plain) {
            found.add(plain);
        } else if (type instanceof ParameterizedType generic) {
            parts(generic.getRawType(), found);
            for (Type argument : generic.getActualTypeArguments()) {
                parts(argument, found);
            }
        } else if (type instanceof WildcardType wildcard) {
            parts(wildcard.getUpperBounds()[0], found);
        } else if (type instanceof TypeVariable<?> variable) {
            parts(variable.getBounds()[0], found);
        }
        return found;
    }

    private static boolean isOurs(Class<?> type) {
        return type.getName().startsWith("io.jenkins.plugins.dbtslim.");
    }

    /** Descriptors, facades and views are never sent; a callable in them would drag them along. */
    @Test
    void noCallableIsAnInnerClass() {
        Set<String> inner = new TreeSet<>();
        sent().filter(type -> type.isMemberClass() && !Modifier.isStatic(type.getModifiers()))
                .forEach(type -> inner.add(type.getName()));
        assertThat(inner).isEmpty();
    }
}
