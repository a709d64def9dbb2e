package io.jenkins.plugins.dbtslim.jenkins;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** What a class file declares: kind, supertypes, members with their access, and annotations. */
final class ClassFacts extends ClassVisitor {
    int access;
    String name;
    String superName;
    final List<String> interfaces = new ArrayList<>();
    final Map<String, Integer> methods = new HashMap<>();
    final Map<String, Integer> fields = new HashMap<>();
    private final Set<String> annotations = new HashSet<>();

    private ClassFacts() {
        super(Opcodes.ASM9);
    }

    static ClassFacts of(ClassReader reader) {
        ClassFacts facts = new ClassFacts();
        reader.accept(facts, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return facts;
    }

    boolean isMarked(String annotationDescriptor) {
        return annotations.contains(annotationDescriptor);
    }

    boolean isInterface() {
        return (access & Opcodes.ACC_INTERFACE) != 0;
    }

    boolean isAbstract() {
        return (access & Opcodes.ACC_ABSTRACT) != 0;
    }

    @Override
    public void visit(
            int version, int access, String name, String signature, String superName, String[] superInterfaces) {
        this.access = access;
        this.name = name;
        this.superName = superName;
        interfaces.addAll(List.of(superInterfaces));
    }

    @Override
    public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
        annotations.add(descriptor);
        return null;
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        methods.put(name + descriptor, access);
        return null;
    }

    @Override
    public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
        fields.put(name + ":" + descriptor, access);
        return null;
    }
}
