package io.jenkins.plugins.dbtslim.jenkins.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.report.data.ReportCounts;
import java.beans.Introspector;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.kohsuke.stapler.export.Exported;

/** The examples of the REST documentation have exactly the fields that are exported. */
class RestDocsTest {
    private static String text;
    private static List<JsonNode> examples;

    @BeforeAll
    static void read() throws Exception {
        text = Files.readString(Path.of("src/docs/rest.md"));
        examples = new ArrayList<>();
        var blocks = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL).matcher(text);
        while (blocks.find()) {
            examples.add(new ObjectMapper().readTree(blocks.group(1)));
        }
    }

    private static Set<String> exported(Class<?> type) {
        Set<String> names = new TreeSet<>();
        for (Method method : type.getMethods()) {
            Exported mark = method.getAnnotation(Exported.class);
            if (mark != null) {
                names.add(
                        mark.name().isEmpty()
                                ? Introspector.decapitalize(method.getName().replaceFirst("get|is", ""))
                                : mark.name());
            }
        }
        return names;
    }

    private static Set<String> fields(JsonNode example) {
        Set<String> names = new TreeSet<>();
        example.fieldNames().forEachRemaining(names::add);
        names.remove("_class");
        return names;
    }

    @Test
    void ofOneSlimBuild() {
        Set<String> shown = fields(examples.get(0));
        shown.add("progress");
        assertThat(shown).isEqualTo(exported(SlimAction.class));
        assertThat(fields(examples.get(0).at("/numbers"))).isEqualTo(exported(ActionCounts.class));
        assertThat(fields(examples.get(0).at("/since/0"))).isEqualTo(exported(BuildComparison.class));
        assertThat(fields(examples.get(0).at("/publication"))).isEqualTo(exported(ActionPublication.class));
        assertThat(fields(examples.get(1))).isEqualTo(exported(LiveState.class));
        assertThat(fields(examples.get(2))).isEqualTo(exported(LiveCluster.class));
    }

    @Test
    void ofStatesAndCounts() {
        for (RunStatus state : EnumSet.complementOf(EnumSet.of(RunStatus.COMPARED))) {
            assertThat(text).contains("`" + state + "`");
        }
        for (var count : ReportCounts.class.getRecordComponents()) {
            assertThat(examples.get(0).at("/numbers/counts").has(count.getName()))
                    .as(count.getName())
                    .isTrue();
            assertThat(text).contains("_" + SlimVariables.constant(count.getName()));
        }
    }
}
