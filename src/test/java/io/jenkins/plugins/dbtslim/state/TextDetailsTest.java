package io.jenkins.plugins.dbtslim.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.manifest.ResourceText;
import io.jenkins.plugins.dbtslim.manifest.ResourceText.Column;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the texts of both sides tell about an aspect that differs. */
class TextDetailsTest {
    private static final Map<String, Object> NONE = Map.of();

    @Test
    void tellsColumnsOfAContract() {
        ResourceText before =
                columns(column("a", "int"), column("b", "int"), column("c", "int", "not_null"), column("d", null));
        ResourceText after =
                columns(column("a", "text"), column("c", "int", "unique"), column("d", null), column("e", "date"));

        assertThat(TextDetails.of(Aspect.CONTRACT, before, after))
                .containsExactly(
                        "column a: int → text",
                        "column b removed",
                        "column c: other constraints",
                        "column e added: date");
        assertThat(TextDetails.of(Aspect.CONTRACT, before, before)).isEmpty();
    }

    @Test
    void tellsConstraintsOfTheWholeModel() {
        assertThat(TextDetails.of(
                        Aspect.CONTRACT,
                        values(Map.of("constraints", List.of(Map.of("type", "unique")))),
                        values(Map.of("constraints", List.of()))))
                .containsExactly("constraints: [{type: unique}] → []");
    }

    @Test
    void tellsWhichDescriptionsThatArePersistedChanged() {
        ResourceText before = described("old", described("a", "x"), described("b", "x"), described("c", "x"));
        ResourceText after = described("new", described("a", "y"), described("c", "x"), described("d", "x"));

        assertThat(TextDetails.of(Aspect.PERSISTED_DESCRIPTIONS, before, after))
                .containsExactly("of the relation", "of column a", "of column b (removed)", "of column d (added)");
        assertThat(TextDetails.of(Aspect.PERSISTED_DESCRIPTIONS, after, after)).isEmpty();
    }

    @Test
    void tellsTheDescriptionBeforeAndNowOnOneLine() {
        assertThat(TextDetails.of(Aspect.DESCRIPTION, described("old\n\ntext"), described("n".repeat(400))))
                .containsExactly("old text → " + "n".repeat(300) + "…");
        assertThat(TextDetails.of(Aspect.DESCRIPTION, described("o".repeat(300)), described("n")))
                .containsExactly("o".repeat(300) + " → n");
    }

    @Test
    void tellsKeysOfAQuery() {
        assertThat(TextDetails.of(
                        Aspect.QUERY,
                        values(Map.of(
                                "query_params", Map.of("metrics", List.of("a"), "group_by", List.of(), "limit", 1))),
                        values(Map.of(
                                "query_params",
                                Map.of("metrics", List.of("a", "b"), "group_by", List.of(), "limit", 2)))))
                .containsExactly("metrics: [a] → [a, b]");
        assertThat(TextDetails.of(Aspect.QUERY, values(NONE), values(NONE))).isEmpty();
    }

    @Test
    void tellsTheRelationOfASourceOnly() {
        Map<String, Object> old = Map.of("schema", "a", "identifier", "i", "unrendered_schema", "{{ s }}");
        Map<String, Object> now = Map.of("schema", "b", "identifier", "i", "unrendered_schema", "{{ t }}");

        assertThat(TextDetails.of(Aspect.RELATION, values("source.p.s.t", old), values("source.p.s.t", now)))
                .containsExactly("schema: a → b");
        assertThat(TextDetails.of(
                        Aspect.RELATION,
                        values("source.p.s.t", Map.of("schema", "b", "unrendered_schema", "{{ s }}")),
                        values("source.p.s.t", now)))
                .as("a key that nobody wrote")
                .containsExactly("identifier: null → i");
        assertThat(TextDetails.of(Aspect.RELATION, values("model.p.m", old), values("model.p.m", now)))
                .isEmpty();
    }

    @Test
    void tellsElementsByName() {
        ResourceText before = values(Map.of(
                "measures",
                List.of(
                        element("name", "a", "agg", "sum"),
                        element("name", "b", "agg", "sum"),
                        element("name", "d", "agg", "sum"))));
        ResourceText after = values(Map.of(
                "measures",
                List.of(
                        element("name", "b", "agg", "max", "label", "L"),
                        element("name", "c", "agg", "sum"),
                        element("name", "d", "agg", "sum", "label", null))));

        assertThat(TextDetails.of(Aspect.MEASURES, before, after))
                .containsExactly("b.agg: sum → max", "b.label: null → L", "c added", "a removed");
    }

    @Test
    void tellsOfOverloadsAndExportsOnlyWhatDbtCompares() {
        assertThat(TextDetails.of(
                        Aspect.OVERLOADS,
                        values(Map.of(
                                "overloads",
                                List.of(element("defined_in", "f_int", "description", "a", "raw_body", "1")))),
                        values(Map.of(
                                "overloads",
                                List.of(element("defined_in", "f_int", "description", "b", "raw_body", "2"))))))
                .containsExactly("f_int.raw_body: 1 → 2");
        assertThat(TextDetails.of(
                        Aspect.EXPORTS,
                        values(Map.of(
                                "exports", List.of(element("name", "e", "config", "a", "unrendered_config", "x")))),
                        values(Map.of(
                                "exports", List.of(element("name", "e", "config", "b", "unrendered_config", "y"))))))
                .containsExactly("e.unrendered_config: x → y");
    }

    @Test
    void copesWithElementsThatAreNoMaps() {
        assertThat(TextDetails.of(
                        Aspect.ENTITIES,
                        values(Map.of("entities", List.of("a", 1L))),
                        values(Map.of("entities", Arrays.asList("a", null)))))
                .containsExactly("null added", "1 removed");
    }

    @Test
    void hasNothingToAddToWhatTheIndexTells() {
        assertThat(TextDetails.of(Aspect.FQN, values(NONE), described("other"))).isEmpty();
    }

    private static Map<String, Object> element(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    private static Column column(String name, String type, String... constraints) {
        return new Column(name, "", type, List.of((Object[]) constraints));
    }

    private static Column described(String name, String description) {
        return new Column(name, description, null, List.of());
    }

    private static ResourceText columns(Column... columns) {
        return text("model.p.m", "", columns, NONE);
    }

    private static ResourceText described(String description, Column... columns) {
        return text("model.p.m", description, columns, NONE);
    }

    private static ResourceText values(Map<String, Object> values) {
        return values("semantic_model.p.s", values);
    }

    private static ResourceText values(String id, Map<String, Object> values) {
        return text(id, "", new Column[0], values);
    }

    private static ResourceText text(String id, String description, Column[] columns, Map<String, Object> values) {
        Map<String, Column> byName = new LinkedHashMap<>();
        for (Column column : columns) {
            byName.put(column.name(), column);
        }
        return new ResourceText(id, null, null, description, null, byName, new HashMap<>(values));
    }
}
