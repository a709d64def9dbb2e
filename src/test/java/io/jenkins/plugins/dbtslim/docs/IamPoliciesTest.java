package io.jenkins.plugins.dbtslim.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.jenkins.plugins.dbtslim.store.aws.S3Signer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The policies of the documentation allow what is signed, and no more than listing besides. */
class IamPoliciesTest {
    /** The permission that S3 asks for, by what is signed. */
    private static final Map<String, String> PERMISSIONS = Map.of(
            "presignHeadObject",
            "s3:GetObject",
            "presignGetObject",
            "s3:GetObject",
            "presignPutObject",
            "s3:PutObject");

    @Test
    void publishingAllowsWhatIsSigned() throws IOException {
        Set<String> signed = new ClassFileImporter()
                .importClasses(S3Signer.class).get(S3Signer.class).getMethodCallsFromSelf().stream()
                        .filter(call -> call.getTargetOwner().isEquivalentTo(S3Presigner.class))
                        .map(call -> call.getTarget().getName())
                        .filter(name -> name.startsWith("presign"))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(PERMISSIONS.keySet()).containsAll(signed);
        Set<String> wanted = signed.stream().map(PERMISSIONS::get).collect(Collectors.toCollection(TreeSet::new));
        wanted.add("s3:ListBucket");
        assertThat(actions("iam-publish.json")).isEqualTo(wanted);
    }

    @Test
    void fetchingAllowsTheSameButWriting() throws IOException {
        Set<String> publishing = actions("iam-publish.json");
        publishing.remove("s3:PutObject");
        assertThat(actions("iam-fetch.json")).isEqualTo(publishing);
    }

    private static Set<String> actions(String name) throws IOException {
        JsonNode policy =
                new ObjectMapper().readTree(Path.of("src/docs/examples", name).toFile());
        Set<String> actions = new TreeSet<>();
        for (JsonNode statement : policy.get("Statement")) {
            assertThat(statement.get("Effect").asText()).isEqualTo("Allow");
            JsonNode action = statement.get("Action");
            if (action.isTextual()) {
                actions.add(action.asText());
            }
            action.forEach(each -> actions.add(each.asText()));
        }
        return actions;
    }
}
