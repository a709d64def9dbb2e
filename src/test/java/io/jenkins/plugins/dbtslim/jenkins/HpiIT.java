package io.jenkins.plugins.dbtslim.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.parsers.SAXParserFactory;
import net.java.sezpoz.impl.SerAnnotatedElement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.xml.sax.InputSource;
import org.xml.sax.helpers.DefaultHandler;

/** The packed plugin, entry by entry: what Jenkins' plugin loader, extension finder and class filter rely on. */
class HpiIT {
    private static final String SHORT_NAME = "dbt-slim-deployments";
    private static final String ROOM = "io/jenkins/plugins/dbtslim/";
    private static final String OWN_OUTPUT = "<j:out value=\"\\$\\{(from\\.small|it\\.full|html"
            + "|(it\\.)?page\\.(line|live|html\\(request2\\.queryString, rootURL\\)|details\\(request2\\.getParameter\\('id'\\)\\)"
            + "|sinceLine\\(rootURL\\)))}\" />";
    private static Map<String, byte[]> hpi;
    private static Map<String, byte[]> jar;

    @BeforeAll
    static void open() throws IOException {
        Path file = Path.of(System.getProperty("project.build.directory"), SHORT_NAME + ".hpi");
        hpi = entries(java.nio.file.Files.readAllBytes(file));
        jar = entries(hpi.get("WEB-INF/lib/" + SHORT_NAME + ".jar"));
    }

    @Test
    void holdsOneJarAndTheFilesThatTheBrowserGets() {
        assertThat(hpi.keySet())
                .allMatch(name -> name.equals("META-INF/MANIFEST.MF")
                        || name.equals("WEB-INF/lib/" + SHORT_NAME + ".jar")
                        || name.matches("(css|js|images)/[a-z0-9-]+\\.(css|js|svg)"));
    }

    @Test
    void bothArchivesHaveTheSameManifest() {
        assertThat(jar.get("META-INF/MANIFEST.MF")).isEqualTo(hpi.get("META-INF/MANIFEST.MF"));
    }

    @Test
    void manifestSaysWhatThePluginIsAndNeeds() throws IOException {
        Attributes manifest =
                new Manifest(new ByteArrayInputStream(hpi.get("META-INF/MANIFEST.MF"))).getMainAttributes();
        assertThat(manifest.getValue("Short-Name")).isEqualTo(SHORT_NAME);
        assertThat(manifest.getValue("Long-Name")).isEqualTo("dbt Slim Deployments");
        assertThat(manifest.getValue("Group-Id")).isEqualTo("io.jenkins.plugins");
        assertThat(manifest.getValue("Plugin-Version")).isNotBlank();
        assertThat(manifest.getValue("Jenkins-Version")).isEqualTo(System.getProperty("jenkins.version"));
        assertThat(manifest.getValue("Plugin-Dependencies"))
                .isEqualTo(System.getProperty("plugin.dependencies"))
                .matches("([a-z0-9-]+:[^,;:\\s]+(;resolution:=optional)?,?)+");
        assertThat(manifest.getValue("Class-Path")).isNull();
    }

    @Test
    void carriesOurClassesOnlyAndNotTheCommand() {
        List<String> classes =
                jar.keySet().stream().filter(name -> name.endsWith(".class")).toList();
        assertThat(classes).isNotEmpty().allMatch(name -> name.startsWith(ROOM));
        assertThat(classes).noneMatch(name -> name.startsWith(ROOM + "cli/"));
    }

    @Test
    void classesAreOfJava17() {
        jar.forEach((name, bytes) -> {
            if (name.endsWith(".class")) {
                assertThat(bytes[7] & 0xff).as(name).isEqualTo(61);
            }
        });
    }

    @Test
    void extensionIndicesHoldExactlyTheMarkedClasses() throws Exception {
        for (String marker : List.of("hudson.Extension", "org.jenkinsci.plugins.variant.OptionalExtension")) {
            assertThat(index(jar.get("META-INF/annotations/" + marker)))
                    .as(marker)
                    .isEqualTo(classesWith(marker))
                    .isNotEmpty();
        }
    }

    /** What Jenkins looks up symbols by, and what the builds of other plugins look up restricted types by. */
    @Test
    void textIndicesHoldExactlyTheMarkedClasses() {
        for (String marker : List.of("org.jenkinsci.Symbol", "org.kohsuke.accmod.Restricted")) {
            byte[] index = jar.get("META-INF/services/annotations/" + marker);
            assertThat(new String(index, java.nio.charset.StandardCharsets.UTF_8).lines())
                    .as(marker)
                    .containsExactlyElementsOf(classesWith(marker))
                    .isNotEmpty();
        }
    }

    @Test
    void everyPageIsWellFormedAndEscapes() throws Exception {
        assertThat(jar).containsKey("index.jelly");
        SAXParserFactory parsers = SAXParserFactory.newInstance();
        parsers.setNamespaceAware(true);
        for (Map.Entry<String, byte[]> entry : jar.entrySet()) {
            if (entry.getKey().endsWith(".jelly")) {
                String text = new String(entry.getValue(), java.nio.charset.StandardCharsets.UTF_8);
                assertThat(text).as(entry.getKey()).startsWith("<?jelly escape-by-default='true'?>");
                assertThat(text)
                        .as(entry.getKey())
                        .doesNotContainPattern("<style|\\son[a-z]+=|javascript:|\\sstyle=")
                        .doesNotContainPattern("<script[^>]*>[^<\\s]");
                assertThat(text.replaceAll(OWN_OUTPUT, ""))
                        .as(entry.getKey() + ": raw output only of what our own writer has escaped")
                        .doesNotContain("<j:out");
                parsers.newSAXParser()
                        .parse(new InputSource(new ByteArrayInputStream(entry.getValue())), new DefaultHandler());
            }
        }
    }

    @Test
    void everyEntryHasTheSameTime() throws IOException {
        Path file = Path.of(System.getProperty("project.build.directory"), SHORT_NAME + ".hpi");
        byte[] bytes = java.nio.file.Files.readAllBytes(file);
        TreeSet<Instant> times = new TreeSet<>(times(bytes));
        times.addAll(times(hpi.get("WEB-INF/lib/" + SHORT_NAME + ".jar")));
        assertThat(times).hasSize(1);
    }

    private static Set<String> classesWith(String annotation) {
        String descriptor = "L" + annotation.replace('.', '/') + ";";
        TreeSet<String> found = new TreeSet<>();
        jar.forEach((name, bytes) -> {
            if (name.endsWith(".class") && ClassFacts.of(new ClassReader(bytes)).isMarked(descriptor)) {
                found.add(name.substring(0, name.length() - ".class".length()).replace('/', '.'));
            }
        });
        return found;
    }

    private static Set<String> index(byte[] stream) throws IOException, ClassNotFoundException {
        TreeSet<String> names = new TreeSet<>();
        try (java.io.ObjectInputStream in = new java.io.ObjectInputStream(new ByteArrayInputStream(stream))) {
            for (Object element = in.readObject(); element != null; element = in.readObject()) {
                names.add(((SerAnnotatedElement) element).className);
            }
        }
        return names;
    }

    private static Map<String, byte[]> entries(byte[] archive) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory()) {
                    files.put(entry.getName(), zip.readAllBytes());
                }
            }
        }
        return files;
    }

    private static List<Instant> times(byte[] archive) throws IOException {
        List<Instant> times = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                times.add(entry.getLastModifiedTime().toInstant());
            }
        }
        return times;
    }
}
