package io.jenkins.plugins.dbtslim.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a form accepts and refuses before there is a manifest, and how a criterion is taken apart. */
class SelectorParserTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "state:modified+",
                "state:modified.body,tag:nightly 1+orders+2",
                "@source:raw.orders",
                "resource_type:function test_type:schema version:latest",
                "path:models/staging models/a.sql a.SQL",
                "selector:anything",
                "result:error+ source_status:fresher+",
                "config.meta.owner:x",
                "exposure:shop.sales metric:* semantic_model:s saved_query:q unit_test:u",
                "",
            })
    void accepts(String expression) {
        assertThatCode(() -> SelectorParser.check(expression)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "foo:bar | InvalidSelectorError | \"foo\" in \"foo:bar\" is no method of selection; there are access, config, exposure, file,",
                "a state:modifed | DbtRuntimeError | \"modifed\" in \"state:modifed\" is no state; there are new, old, modified, unmodified,",
                "@a+ | DbtRuntimeError | \"@a+\": @ before and + behind a selector exclude each other",
                "a,test_type:x | DbtRuntimeError | \"x\" in \"test_type:x\" is no type of test; there are generic, singular, data and unit",
                "version:2 | DbtRuntimeError | \"2\" in \"version:2\" is no version; there are latest, prerelease, old and none",
                "resource_type:modl | DbtRuntimeError | \"modl\" in \"resource_type:modl\" is no resource type",
                "source:a.b.c.d | DbtRuntimeError | \"a.b.c.d\" in \"source:a.b.c.d\" has more than 3 parts",
                "metric:a.b.c | DbtRuntimeError | \"a.b.c\" in \"metric:a.b.c\" has more than 2 parts",
            })
    void refusesWithASentence(String expression, String error, String sentence) {
        assertThatThrownBy(() -> SelectorParser.check(expression))
                .isInstanceOfSatisfying(
                        SelectionException.class, e -> assertThat(e.dbtError()).isEqualTo(error))
                .hasMessageStartingWith(sentence);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "orders | fqn | orders | 0 | 0 | false",
                "+orders | fqn | orders | -1 | 0 | false",
                "orders+ | fqn | orders | 0 | -1 | false",
                "2+orders+3 | fqn | orders | 2 | 3 | false",
                "0+orders+0 | fqn | orders | 0 | 0 | false",
                "@tag:a | tag | a | 0 | 0 | true",
                "config.meta.a:b:c | config | b:c | 0 | 0 | false",
                "a/b | path | a/b | 0 | 0 | false",
                "a.Sql | file | a.Sql | 0 | 0 | false",
                "a.py | file | a.py | 0 | 0 | false",
                "a.csv+ | file | a.csv | 0 | -1 | false",
                "fqn:a/b | fqn | a/b | 0 | 0 | false",
            })
    void takesApart(String text, String method, String value, int ancestors, int descendants, boolean at)
            throws SelectionException {
        Spec.Criterion criterion = SelectorParser.criterion(text, IndirectSelection.EAGER);

        assertThat(criterion.method()).isEqualTo(method);
        assertThat(criterion.value()).isEqualTo(value);
        assertThat(criterion.ancestors()).isEqualTo(ancestors);
        assertThat(criterion.descendants()).isEqualTo(descendants);
        assertThat(criterion.at()).isEqualTo(at);
    }

    @Test
    void keepsTheArgumentsOfAMethod() throws SelectionException {
        assertThat(SelectorParser.criterion("config.meta.a:b", IndirectSelection.EAGER)
                        .arguments())
                .containsExactly("meta", "a");
    }
}
