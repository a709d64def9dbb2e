package io.jenkins.plugins.dbtslim.dbt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whichever way a selection asks for production's state: where there is none yet, it is no error. */
class FirstRunTest {
    @TempDir
    Path folder;

    @Test
    void whatIsSelectedByStateIsEverything() {
        assertThat(FirstRun.select(List.of("state:modified+"))).isEmpty();
        assertThat(FirstRun.select(List.of("tag:x 2+state:modified.body+1", "y")))
                .isEmpty();
        assertThat(FirstRun.select(List.of("result:error+ state:new"))).isEmpty();
        assertThat(FirstRun.select(List.of("result:error+ @source_status:fresher+", "tag:x")))
                .containsExactly("tag:x");
        assertThat(FirstRun.select(
                        List.of("state:modified+,tag:nightly 1+state:new,@state:modified.body,path:a,tag:b")))
                .as("everything that is also something else")
                .containsExactly("tag:nightly path:a,tag:b");
        assertThat(FirstRun.select(List.of("state:old,tag:a", "state:unmodified", "tag:b")))
                .as("nothing is old yet")
                .containsExactly("tag:b");
        assertThat(FirstRun.select(List.of("tag:nightly", "path:models/state")))
                .containsExactly("tag:nightly", "path:models/state");
    }

    /** What else is to be left out is left out on a first run too. */
    @Test
    void onlyWhatIsLeftOutByStateFallsAway() {
        assertThat(FirstRun.exclude(List.of("state:old tag:never", "tag:a,result:success")))
                .containsExactly("tag:never");
        assertThat(FirstRun.exclude(List.of("tag:heavy,state:modified state:new")))
                .containsExactly("tag:heavy");
    }

    /** dbt alone knows what a selector of selectors.yml asks for: it gets a state without nodes. */
    @Test
    void aSelectorOfTheProjectGetsAStateWithoutNodes() throws IOException {
        assertThat(words(selection(
                        DbtPlan.builder(folder.toString()).selector("slim").firstRun(true))))
                .contains("--selector slim --state ");
        assertThat(words(selection(DbtPlan.builder(folder.toString()).firstRun(true))))
                .isEmpty();
        Files.writeString(folder.resolve("selectors.yml"), "selectors: []");
        JsonNode selection = selection(DbtPlan.builder(folder.toString()).firstRun(true));
        Path state = Path.of(selection.get(1).asText());
        assertThat(new ObjectMapper()
                        .readTree(state.resolve("manifest.json").toFile())
                        .path("nodes")
                        .isEmpty())
                .isTrue();
        assertThat(state.resolve("run_results.json")).isRegularFile();
        DbtDriver.remove(folder);
        assertThat(state).doesNotExist();
    }

    private JsonNode selection(DbtPlan.Builder plan) throws IOException {
        DbtDriver.install(folder, plan.build(), DbtEnvironment.onPath(), folder.resolve("keep"), List.of());
        JsonNode json = new ObjectMapper().readTree(folder.resolve("plan.json").toFile());
        assertThat(json.path("state").isNull()).as("nothing is compared").isTrue();
        return json.path("selection");
    }

    private static String words(JsonNode selection) {
        StringBuilder words = new StringBuilder();
        selection.forEach(word -> words.append(word.asText()).append(' '));
        return words.toString();
    }
}
