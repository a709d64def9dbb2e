package io.jenkins.plugins.dbtslim.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What the page on hosting rules says of the two POMs and of the files beside them: both make the same plugin. */
class HostingTest {
    private static final String ARTIFACT = "dbt-slim-deployments";

    private final XPath xpath = XPathFactory.newInstance().newXPath();
    private final Document top = parse(Path.of("pom.xml"));
    private final Document standard = parse(Path.of("src/jenkins/pom.xml"));

    HostingTest() throws Exception {}

    @Test
    void bothPomsKeepTheRulesForNames() throws Exception {
        for (Document pom : List.of(top, standard)) {
            String artifact = text(pom, "/project/artifactId");
            String group = text(pom, "/project/groupId");
            assertThat(artifact).isEqualTo(ARTIFACT).matches("[a-z-]{1,37}").doesNotContain("jenkins");
            assertThat(group).isEqualTo("io.jenkins.plugins");
            assertThat(group + artifact).hasSizeLessThanOrEqualTo(100);
            assertThat(text(pom, "/project/name")).isNotEmpty().doesNotContainIgnoringCase("jenkins");
            assertThat(text(pom, "/project/url")).isEqualTo("https://github.com/jenkinsci/" + ARTIFACT + "-plugin");
            assertThat(text(pom, "/project/licenses/license/name")).isEqualTo("MIT License");
            assertThat(text(pom, "/project/developers")).isEmpty();
            assertThat(text(pom, "/project/scm/connection")).startsWith("scm:git:https://github.com/jenkinsci/");
            assertThat(text(pom, "/project/scm/developerConnection")).isNotEmpty();
            assertThat(text(pom, "/project/scm/url")).isEqualTo(text(pom, "/project/url"));
            for (Element url : elements(pom, "//repository/url | //pluginRepository/url")) {
                assertThat(url.getTextContent()).startsWith("https://");
            }
        }
        assertThat(text(standard, "/project/scm/tag")).isEqualTo("${scmTag}");
    }

    @Test
    void bothPomsNameTheSamePluginsAndTheSameJenkins() throws Exception {
        Map<String, Boolean> listed = new TreeMap<>();
        for (String plugin :
                List.of(text(top, "/project/properties/plugin.dependencies").split(",", -1))) {
            listed.put(plugin.replaceFirst(":.*", ""), plugin.endsWith(";resolution:=optional"));
        }
        Map<String, Boolean> standards = new TreeMap<>();
        for (Element plugin : elements(standard, "/project/dependencies/dependency[not(scope)]")) {
            standards.put(
                    plugin.getElementsByTagName("artifactId").item(0).getTextContent(),
                    plugin.getElementsByTagName("optional").getLength() > 0);
        }
        assertThat(listed).isEqualTo(standards);
        assertThat(text(standard, "/project/properties/jenkins.version")
                        .replace("${jenkins.baseline}", text(standard, "/project/properties/jenkins.baseline")))
                .isEqualTo(text(top, "/project/properties/jenkins.version"));
    }

    @Test
    void bothPomsPackTheSameFolders() throws Exception {
        List<String> ours = elements(top, "/project/build/resources/resource/directory").stream()
                .map(folder -> folder.getTextContent()
                        .replace("${project.basedir}", "")
                        .replaceFirst("^/", ""))
                .sorted()
                .toList();
        assertThat(elements(standard, "/project/build/resources/resource/directory"))
                .extracting(folder -> folder.getTextContent().replaceFirst("^\\$\\{top}/?", ""))
                .containsExactlyInAnyOrderElementsOf(ours);
    }

    @Test
    void theStandardPomHasItsSwitchesAndLeavesVersionsToTheBom() throws Exception {
        for (String off : List.of(
                "ban-commons-lang-2.skip",
                "ban-deprecated-stapler.skip",
                "ban-junit4-imports.skip",
                "banObsoleteDependencyOverrides.skip")) {
            assertThat(text(standard, "/project/properties/" + off)).as(off).isEqualTo("false");
        }
        assertThat(text(standard, "/project/properties/hpi.strictBundledArtifacts"))
                .isEqualTo("true");
        assertThat(text(standard, "/project/properties/hpi.bundledArtifacts")).isEmpty();
        assertThat(elements(standard, "/project/dependencies/dependency[version]"))
                .extracting(one -> one.getElementsByTagName("groupId").item(0).getTextContent())
                .containsExactly("org.assertj");
    }

    @Test
    void nothingBannedIsImported() throws Exception {
        for (String folder : List.of("src/main/java", "src/test-jenkins/java")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    assertThat(Files.readAllLines(file))
                            .as(file.toString())
                            .noneMatch(
                                    line -> line.matches(
                                            "import (static )?(org\\.junit\\.[A-Z].*|junit\\..*|javax\\.servlet\\..*|org\\.kohsuke\\.stapler\\.Stapler(Request|Response);|org\\.apache\\.commons\\.lang\\..*)"));
                }
            }
        }
    }

    @Test
    void theFilesOfARepositoryAreThere() throws Exception {
        assertThat(Path.of(".github/CODEOWNERS")).hasContent("* @jenkinsci/" + ARTIFACT + "-plugin-developers");
        assertThat(Files.readAllLines(Path.of(".gitignore"))).contains("target/", "work/");
        assertThat(Files.readString(Path.of(".github/dependabot.yml"))).contains("directory: /src/jenkins");
        assertThat(Path.of(".github/workflows/jenkins-security-scan.yml")).exists();
        assertThat(Path.of("LICENSE")).content().startsWith("MIT License");
    }

    private static Document parse(Path file) throws Exception {
        return DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(file.toFile());
    }

    private String text(Document pom, String path) throws Exception {
        return xpath.evaluate(path, pom).strip();
    }

    private List<Element> elements(Document pom, String path) throws Exception {
        NodeList nodes = (NodeList) xpath.evaluate(path, pom, XPathConstants.NODESET);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }
}
