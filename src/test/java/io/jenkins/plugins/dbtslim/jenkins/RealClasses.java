package io.jenkins.plugins.dbtslim.jenkins;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.objectweb.asm.ClassReader;

/** The declarations of Jenkins' real classes, with look-up of members through their supertypes as a JVM does it. */
final class RealClasses {
    private final Map<String, ClassFacts> classes = new HashMap<>();

    static RealClasses of(List<Path> jars) throws IOException {
        RealClasses real = new RealClasses();
        for (Path path : jars) {
            try (JarFile jar = new JarFile(path.toFile())) {
                for (Iterator<JarEntry> entries = jar.entries().asIterator(); entries.hasNext(); ) {
                    JarEntry entry = entries.next();
                    if (isJenkins(entry.getName()) && entry.getName().endsWith(".class")) {
                        try (var in = jar.getInputStream(entry)) {
                            ClassFacts facts = ClassFacts.of(new ClassReader(in));
                            real.classes.putIfAbsent(facts.name, facts);
                        }
                    }
                }
            }
        }
        return real;
    }

    static boolean isJenkins(String internalName) {
        return internalName.matches("(hudson|jenkins|org/kohsuke|org/jenkinsci|com/cloudbees)/.*");
    }

    ClassFacts find(String internalName) {
        return classes.get(internalName);
    }

    /** Access flags of the method, found in the type or a supertype, or null. */
    Integer method(String owner, String nameAndDescriptor) {
        return member(owner, nameAndDescriptor, true);
    }

    /** Access flags of the field, found in the type or a supertype, or null. */
    Integer field(String owner, String nameAndDescriptor) {
        return member(owner, nameAndDescriptor, false);
    }

    private Integer member(String owner, String key, boolean method) {
        ClassFacts facts = classes.get(owner);
        if (facts == null) {
            return method ? jdkMethod(owner, key) : null;
        }
        Integer access = (method ? facts.methods : facts.fields).get(key);
        if (access != null) {
            return access;
        }
        if (facts.superName != null) {
            access = member(facts.superName, key, method);
        }
        for (Iterator<String> i = facts.interfaces.iterator(); access == null && i.hasNext(); ) {
            access = member(i.next(), key, method);
        }
        return access;
    }

    /** Members of the JDK's and other libraries' types are taken from this JVM. */
    private static Integer jdkMethod(String owner, String key) {
        try {
            Class<?> type = Class.forName(owner.replace('/', '.'), false, RealClasses.class.getClassLoader());
            for (Class<?> at = type; at != null; at = at.getSuperclass()) {
                for (var method : at.getDeclaredMethods()) {
                    if ((method.getName() + org.objectweb.asm.Type.getMethodDescriptor(method)).equals(key)) {
                        return method.getModifiers();
                    }
                }
            }
            for (var method : type.getMethods()) {
                if ((method.getName() + org.objectweb.asm.Type.getMethodDescriptor(method)).equals(key)) {
                    return method.getModifiers();
                }
            }
            return null;
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }
}
