package io.jenkins.plugins.dbtslim.jenkins;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Checks one of our classes against the real declarations. */
final class LinkCheck {
    private final RealClasses real;
    private final String self;
    private final TreeSet<String> problems = new TreeSet<>();
    private int count;

    LinkCheck(RealClasses real, String self) {
        this.real = real;
        this.self = self;
    }

    Set<String> problems() {
        return problems;
    }

    int count() {
        return count;
    }

    void run(ClassReader reader) {
        reader.accept(new References(), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        ClassFacts own = ClassFacts.of(reader);
        type(own.superName, false);
        own.interfaces.forEach(name -> type(name, true));
        if (!own.isAbstract()) {
            Map<String, String> open = new HashMap<>();
            Set<String> bodies = new HashSet<>();
            collect(own, open, bodies, new HashSet<>());
            open.keySet().removeAll(bodies);
            open.forEach((method, owner) -> problem(owner + "." + method + " is abstract and has no body"));
        }
    }

    private void collect(ClassFacts facts, Map<String, String> open, Set<String> bodies, Set<String> seen) {
        if (facts == null || !seen.add(facts.name)) {
            return;
        }
        facts.methods.forEach((method, access) -> {
            if ((access & Opcodes.ACC_ABSTRACT) != 0) {
                open.put(method, facts.name);
            } else if ((access & Opcodes.ACC_STATIC) == 0) {
                bodies.add(method);
            }
        });
        List<String> parents = new ArrayList<>(facts.interfaces);
        if (facts.superName != null) {
            parents.add(facts.superName);
        }
        parents.forEach(parent -> collect(find(parent), open, bodies, seen));
    }

    /** Real Jenkins types from the jars; ours and the JDK's from this JVM. */
    private ClassFacts find(String internalName) {
        ClassFacts facts = real.find(internalName);
        if (facts != null || RealClasses.isJenkins(internalName)) {
            return facts;
        }
        try (var in = ClassLoader.getSystemResourceAsStream(internalName + ".class")) {
            return in == null ? null : ClassFacts.of(new ClassReader(in));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The optional plugin need not be among the jars; its types are checked where it is. */
    private boolean isChecked(String internalName) {
        return RealClasses.isJenkins(internalName)
                && (!internalName.startsWith("com/cloudbees/jenkins/plugins/awscredentials/")
                        || real.find(internalName) != null);
    }

    private void type(String internalName, Boolean asInterface) {
        if (internalName == null || !isChecked(internalName)) {
            return;
        }
        count++;
        ClassFacts facts = real.find(internalName);
        if (facts == null) {
            problem(internalName + " does not exist");
        } else if (asInterface != null && facts.isInterface() != asInterface) {
            problem(internalName + " is " + (facts.isInterface() ? "an interface" : "a class"));
        }
    }

    private void member(boolean method, String owner, String key, boolean isStatic) {
        if (!isChecked(owner)) {
            return;
        }
        count++;
        Integer access = method ? real.method(owner, key) : real.field(owner, key);
        if (access == null) {
            problem(owner + "." + key + " does not exist");
        } else if (((access & Opcodes.ACC_STATIC) != 0) != isStatic) {
            problem(owner + "." + key + " is " + (isStatic ? "not static" : "static"));
        } else if ((access & Opcodes.ACC_PRIVATE) != 0) {
            problem(owner + "." + key + " is private");
        }
    }

    private void problem(String what) {
        problems.add(self + ": " + what);
    }

    /** Reports each reference in the code. */
    private final class References extends ClassVisitor {
        References() {
            super(Opcodes.ASM9);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            for (Type argument : Type.getArgumentTypes(descriptor)) {
                if (argument.getSort() == Type.OBJECT) {
                    type(argument.getInternalName(), null);
                }
            }
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitMethodInsn(int opcode, String owner, String called, String desc, boolean itf) {
                    type(owner, itf);
                    member(true, owner, called + desc, opcode == Opcodes.INVOKESTATIC);
                }

                @Override
                public void visitFieldInsn(int opcode, String owner, String field, String desc) {
                    member(
                            false,
                            owner,
                            field + ":" + desc,
                            opcode == Opcodes.GETSTATIC || opcode == Opcodes.PUTSTATIC);
                }

                @Override
                public void visitTypeInsn(int opcode, String type) {
                    type(type, null);
                }

                @Override
                public void visitInvokeDynamicInsn(String called, String desc, Handle bootstrap, Object... arguments) {
                    for (Object argument : arguments) {
                        if (argument instanceof Handle handle) {
                            type(handle.getOwner(), handle.isInterface());
                            member(
                                    true,
                                    handle.getOwner(),
                                    handle.getName() + handle.getDesc(),
                                    handle.getTag() == Opcodes.H_INVOKESTATIC);
                        }
                    }
                }
            };
        }
    }
}
