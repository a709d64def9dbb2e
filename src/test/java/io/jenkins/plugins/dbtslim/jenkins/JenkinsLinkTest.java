package io.jenkins.plugins.dbtslim.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.objectweb.asm.ClassReader;

/**
 * Every reference from our classes to Jenkins' types resolves in the real jars: same kind of owner, same descriptor,
 * static or not, and no abstract method is left without a body. The jars are those of the local Maven repository, or of
 * the folder named by {@code -Djenkins.jars}; without them, as where only Maven Central is reached, there is nothing to
 * compare with.
 */
class JenkinsLinkTest {
    @TestFactory
    Stream<DynamicTest> everyReferenceToJenkinsResolvesInTheRealJars() throws IOException {
        List<Path> jars = realJars();
        return jars.isEmpty()
                ? Stream.empty()
                : Stream.of(DynamicTest.dynamicTest("in " + jars.size() + " jars", () -> check(jars)));
    }

    private static void check(List<Path> jars) throws IOException {
        RealClasses real = RealClasses.of(jars);
        TreeSet<String> problems = new TreeSet<>();
        int checked = 0;
        try (Stream<Path> files = Files.walk(ownClasses())) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                ClassReader reader = new ClassReader(Files.readAllBytes(file));
                LinkCheck check = new LinkCheck(real, reader.getClassName());
                check.run(reader);
                problems.addAll(check.problems());
                checked += check.count();
            }
        }
        assertThat(problems).isEmpty();
        assertThat(checked).as("references to Jenkins").isGreaterThan(100);
    }

    private static Path ownClasses() {
        return Path.of(System.getProperty("project.build.directory"), "classes/io/jenkins/plugins/dbtslim");
    }

    private static List<Path> realJars() throws IOException {
        String folder = System.getProperty("jenkins.jars");
        if (folder != null) {
            return jarsUnder(Path.of(folder));
        }
        Path repository = Path.of(System.getProperty("maven.repo.local"));
        Path core = repository.resolve("org/jenkins-ci/main/jenkins-core/" + System.getProperty("jenkins.version"));
        if (!Files.isDirectory(core)) {
            return List.of();
        }
        List<Path> jars = new java.util.ArrayList<>(jarsUnder(core));
        for (String group : List.of(
                "org/jenkins-ci/plugins",
                "org/jenkinsci",
                "org/kohsuke",
                "org/jenkins-ci/symbol-annotation",
                "org/jenkins-ci/main/remoting",
                "com/cloudbees")) {
            if (Files.isDirectory(repository.resolve(group))) {
                jars.addAll(jarsUnder(repository.resolve(group)));
            }
        }
        return jars;
    }

    private static List<Path> jarsUnder(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(path -> path.toString().endsWith(".jar")
                            && !path.toString().endsWith("-sources.jar")
                            && !path.toString().endsWith("-tests.jar"))
                    .sorted()
                    .toList();
        }
    }
}
