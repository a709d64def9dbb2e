package io.jenkins.plugins.dbtslim.selection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.manifest.ManifestReader;
import io.jenkins.plugins.dbtslim.manifest.Resource;
import io.jenkins.plugins.dbtslim.manifest.Section;
import io.jenkins.plugins.dbtslim.state.StateComparison;
import io.jenkins.plugins.dbtslim.state.StateOptions;
import io.jenkins.plugins.dbtslim.state.StateSelector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must hold for any project, on the recorded ones; random choices come from a seed that a failure tells. */
class PropertiesTest {
    private static final long SEED = Long.getLong("properties.seed", System.nanoTime());
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static OracleCorpus corpus;

    @TempDir
    static Path folder;

    private final Random random = new Random(SEED);

    @BeforeAll
    static void readCorpus() throws IOException {
        corpus = OracleCorpus.of("1.12");
    }

    @Test
    void theOrderOfKeysAndWhiteSpaceChangeNothing() throws Exception {
        List<OracleCorpus.Case> cases = new ArrayList<>(corpus.cases());
        Collections.shuffle(cases, random);
        for (OracleCorpus.Case c : cases.subList(0, 10)) {
            Manifest plain = corpus.manifest(c, "current");
            Path file = folder.resolve("shuffled.json");
            MAPPER.writerWithDefaultPrettyPrinter()
                    .writeValue(
                            file.toFile(), shuffled(MAPPER.readTree(plain.file().toFile())));
            Manifest other = ManifestReader.read(file);
            for (Manifest[] pair : new Manifest[][] {{plain, plain}, {plain, other}, {other, plain}}) {
                StateComparison comparison = StateComparison.compare(pair[0], pair[1], StateOptions.defaults());
                assertThat(pair[1].resources())
                        .as("case %s, seed %d", c.name(), SEED)
                        .noneMatch(r -> comparison.matches(StateSelector.MODIFIED, r))
                        .noneMatch(r -> comparison.matches(StateSelector.NEW, r));
                assertThat(comparison.removed()).isEmpty();
                assertThat(comparison.changedMacros()).isEmpty();
            }
            StateInput none = StateInput.of(StateComparison.compare(plain, plain, StateOptions.defaults()));
            for (String line : corpus.lines(c).expected().keySet()) {
                if (!line.contains(" ") && !line.contains(":")) {
                    assertThat(Selection.select(other, none, SelectionRequest.of(line))
                                    .ids())
                            .as("%s of case %s, seed %d", line, c.name(), SEED)
                            .isEqualTo(Selection.select(plain, none, SelectionRequest.of(line))
                                    .ids());
                }
            }
        }
    }

    @Test
    void whatIsModifiedAndWhatIsNotMakeUpTheWhole() throws Exception {
        int seen = 0;
        for (OracleCorpus.Case c : corpus.cases()) {
            if (!corpus.lines(c).errors().isEmpty()) {
                continue;
            }
            StateInput input = input(c);
            Set<String> modified = ids(c, input, "state:modified");
            Set<String> unmodified = ids(c, input, "state:unmodified");
            // Eager tests join from both sides, so only what is no test is on one side alone.
            assertThat(modified)
                    .as(c.name())
                    .filteredOn(id -> !id.contains("test."))
                    .doesNotContainAnyElementsOf(unmodified);
            Set<String> both = new TreeSet<>(modified);
            both.addAll(unmodified);
            assertThat(both).as(c.name()).isEqualTo(ids(c, input, "* source:*"));
            seen++;
        }
        assertThat(seen).isPositive();
    }

    @Test
    void moreIsSelectedByMore() throws Exception {
        for (int i = 0; i < 60; i++) {
            OracleCorpus.Case c = anyCase();
            StateInput input = input(c);
            List<Resource> all = new ArrayList<>(corpus.manifest(c, "current").resources());
            Collections.shuffle(all, random);
            String few = all.get(0).name();
            String more = few + "+ " + all.get(1).name() + "+";
            String told = "seed " + SEED + ", " + more + " of case " + c.name();
            assertThat(ids(c, input, few + "+")).as(told).containsAll(ids(c, input, few + "+1"));
            assertThat(ids(c, input, few + "+1")).as(told).containsAll(ids(c, input, few));
            assertThat(ids(c, input, more)).as(told).containsAll(ids(c, input, few + "+"));
            assertThat(ids(c, input, "2+" + few)).as(told).containsAll(ids(c, input, "1+" + few));
            assertThat(ids(c, input, "@" + few)).as(told).containsAll(ids(c, input, few + "+"));
        }
    }

    @Test
    void whatIsBelowOneHasItAbove() throws Exception {
        for (int i = 0; i < 40; i++) {
            OracleCorpus.Case c = anyCase();
            Manifest current = corpus.manifest(c, "current");
            Lineage lineage = new Lineage(current);
            String one = any(lineage.vertices()).uniqueId();
            String other = any(lineage.vertices()).uniqueId();
            for (int depth : new int[] {-1, 0, 1, 2, 3}) {
                BitSet below = lineage.descendants(only(lineage, one), depth);
                BitSet above = lineage.ancestors(only(lineage, other), depth);
                assertThat(below.get(lineage.number(other)))
                        .as("%s below %s, depth %d, case %s, seed %d", other, one, depth, c.name(), SEED)
                        .isEqualTo(above.get(lineage.number(one)));
            }
        }
    }

    @Test
    void selectionsAreSets() throws Exception {
        for (int i = 0; i < 40; i++) {
            OracleCorpus.Case c = anyCase();
            StateInput input = input(c);
            List<Resource> all = new ArrayList<>(corpus.manifest(c, "current").resources());
            String a = any(all).name() + "+";
            String b = "1+" + any(all).name();
            String told = "seed " + SEED + ", " + a + " and " + b + " of case " + c.name();
            Set<String> both = new TreeSet<>(ids(c, input, a));
            assertThat(ids(c, input, a + " " + a)).as(told).isEqualTo(both);
            assertThat(ids(c, input, a + "," + a)).as(told).isEqualTo(both);
            assertThat(ids(c, input, b + "," + a)).as(told).isEqualTo(ids(c, input, a + "," + b));
            both.retainAll(ids(c, input, b));
            assertThat(ids(c, input, a + "," + b)).as(told).isEqualTo(both);
            Set<String> less = new TreeSet<>(ids(c, input, a));
            less.removeAll(ids(c, input, b));
            SelectionRequest without =
                    new SelectionRequest(List.of(a), List.of(b), List.of(), List.of(), IndirectSelection.EAGER, null);
            assertThat(Selection.select(corpus.manifest(c, "current"), input, without)
                            .ids())
                    .as(told)
                    .isEqualTo(less);
            both = new TreeSet<>(ids(c, input, "state:new"));
            both.addAll(ids(c, input, "state:old"));
            assertThat(both).as(told).isEqualTo(ids(c, input, "* source:*"));
        }
    }

    @Test
    void oneChangedBodyModifiesOneNode() throws Exception {
        for (int i = 0; i < 20; i++) {
            Manifest plain = corpus.manifest(anyCase(), "current");
            JsonNode tree = MAPPER.readTree(plain.file().toFile());
            List<Resource> models = plain.resources().stream()
                    .filter(r -> r.section() == Section.NODES
                            && !"seed".equals(r.resourceType())
                            && !"test".equals(r.resourceType()))
                    .toList();
            String id = any(models).uniqueId();
            ObjectNode node = (ObjectNode) tree.get("nodes").get(id);
            node.put("raw_code", node.get("raw_code").asText() + " ");
            Path file = folder.resolve("body.json");
            MAPPER.writeValue(file.toFile(), tree);
            StateComparison comparison =
                    StateComparison.compare(plain, ManifestReader.read(file), StateOptions.defaults());
            for (StateSelector selector : List.of(StateSelector.MODIFIED, StateSelector.BODY)) {
                assertThat(comparison.current().resources())
                        .as("%s after a change of %s, seed %d", selector, id, SEED)
                        .filteredOn(r -> comparison.matches(selector, r))
                        .extracting(Resource::uniqueId)
                        .containsExactly(id);
            }
        }
    }

    private OracleCorpus.Case anyCase() {
        return any(corpus.cases());
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static BitSet only(Lineage lineage, String id) {
        BitSet set = new BitSet();
        set.set(lineage.number(id));
        return set;
    }

    private static StateInput input(OracleCorpus.Case c) throws IOException {
        return StateInput.of(StateComparison.compare(
                corpus.manifest(c, "state"),
                corpus.manifest(c, "current"),
                new StateOptions(null, corpus.lines(c).flags())));
    }

    private static Set<String> ids(OracleCorpus.Case c, StateInput input, String line) throws Exception {
        Manifest current = corpus.manifest(c, "current");
        return Selection.select(current, input, SelectionRequest.of(line)).ids();
    }

    private JsonNode shuffled(JsonNode node) {
        if (node.isArray()) {
            ArrayNode array = MAPPER.createArrayNode();
            node.forEach(element -> array.add(shuffled(element)));
            return array;
        }
        if (!node.isObject()) {
            return node;
        }
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        Collections.shuffle(keys, random);
        ObjectNode object = MAPPER.createObjectNode();
        keys.forEach(key -> object.set(key, shuffled(node.get(key))));
        return object;
    }
}
