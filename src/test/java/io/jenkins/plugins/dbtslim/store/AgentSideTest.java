package io.jenkins.plugins.dbtslim.store;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.jenkins.plugins.dbtslim.store.file.FileCallables;
import io.jenkins.plugins.dbtslim.store.object.ObjectCallables;
import io.jenkins.plugins.dbtslim.store.transfer.ProxySettings;
import io.jenkins.plugins.dbtslim.store.transfer.Reply;
import io.jenkins.plugins.dbtslim.store.transfer.SignedRequest;
import io.jenkins.plugins.dbtslim.store.transfer.Transfer;
import io.jenkins.plugins.dbtslim.store.transfer.TransferLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What travels to an agent is plain data, and drags the JDK, jackson-core and our own small classes with it. */
class AgentSideTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.jenkins.plugins.dbtslim");

    /** The annotations are of tools: they are in the class file, and no class loader asks for them. */
    private static final String THERE =
            "java\\..*|com\\.fasterxml\\.jackson\\.core\\..*|edu\\.umd\\.cs\\.findbugs\\.annotations\\..*";

    @Test
    void errandsReachNothingButTheJdkAndJacksonCore() {
        Set<String> foreign = new TreeSet<>();
        Set<String> seen = new TreeSet<>();
        Deque<JavaClass> queue = new ArrayDeque<>();
        for (JavaClass type : OURS) {
            if (type.isAssignableTo(AgentCallable.class)) {
                queue.add(type);
            }
        }
        assertThat(queue).hasSizeGreaterThan(8);
        while (!queue.isEmpty()) {
            JavaClass type = queue.remove();
            if (seen.add(type.getName())) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    if (OURS.contain(target.getName())) {
                        queue.add(OURS.get(target.getName()));
                    } else if (!target.isPrimitive() && !target.getName().matches(THERE)) {
                        foreign.add(type.getName() + " -> " + target.getName());
                    }
                }
            }
        }
        assertThat(foreign).isEmpty();
        assertThat(seen)
                .anyMatch(name -> name.endsWith(".store.transfer.Transfer"))
                .noneMatch(name -> name.contains(".store.aws."));
    }

    @Test
    void onlyTheSideWithKeysKnowsTheSdk() {
        noClasses()
                .that()
                .resideInAPackage("io.jenkins.plugins.dbtslim.store..")
                .and()
                .resideOutsideOfPackage("io.jenkins.plugins.dbtslim.store.aws..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("software.amazon.awssdk..", "io.jenkins.plugins.dbtslim.store.aws..")
                .check(OURS);
    }

    @Test
    void errandsAndResultsSurviveTheJourney() throws Exception {
        ManifestLocation location = ManifestLocation.parse("s3://bucket/manifest.json");
        SignedRequest request =
                new SignedRequest("s3://bucket/k", "GET", "http://h/k?X=1", Map.of("if-match", "\"e\""));
        Transfer transfer = new Transfer(TransferLimits.DEFAULT, new ProxySettings("p", 1, "u", "w", List.of("h")));
        Publication publication = new Publication("id", "0".repeat(64), "1.9.4", "shop", "x", "t", "b", "c");
        StoredManifest stored = new StoredManifest(location, "\"e\"", "v", "t", 1, publication);
        Provenance provenance = new Provenance("u", "e", "v", "t", "s", 1, 12, "1", "p", "a", "g", "b", "c", "f");
        Reply reply = new Reply(200, Map.of("etag", "\"e\""), "", "");
        Condition condition = new Condition.Unchanged("\"e\"");
        for (Object object : List.of(
                new ObjectCallables.Send(transfer, request),
                new ObjectCallables.Download(transfer, request, location, "/goal"),
                new ObjectCallables.Download.Result(reply, provenance),
                new ObjectCallables.Upload(transfer, request, "/file", true),
                new ManifestCallables.LocalDigest("/goal"),
                new ManifestCallables.Known("/goal", stored, "s"),
                new ObjectCallables.Peek(transfer, request),
                new ObjectCallables.Peek.Seen(reply, publication.identity()),
                new ManifestCallables.PrepareUpload("/file", "b", "c"),
                new ManifestCallables.Retire("/goal", "u", "e"),
                new ManifestCallables.AcceptGzip("/packed", "/goal", stored),
                new FileCallables.Head(location),
                new FileCallables.Fetch(location, "/goal", 1),
                new FileCallables.Peek(location),
                new FileCallables.Put(location, "/file", publication, condition),
                new FileCallables.Found<>(stored),
                new FetchedManifest(provenance, true),
                new WriteResult(WriteResult.Status.DONE, "\"e\""),
                new FetchResult(FetchResult.Outcome.FETCHED, "/goal", provenance, "\"e\"", false),
                new PublishResult("u", "e", publication, "h", true))) {
            assertThat(travel(object)).isEqualTo(object);
        }
    }

    private static Object travel(Object object) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }
}
