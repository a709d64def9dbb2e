package io.jenkins.plugins.dbtslim.state.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arguments of {@code config()} as dbt 1.12 prints them. */
class ConfigCallTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'table'|table",
                "['a', \"b\"]|['a', 'b']",
                "true|True",
                "none|None",
                "-1.5|-1.5",
                "1_000|1000",
                "var(\"region\") ~ '_x'|var('region') ~ '_x'",
                "target.schema|target.schema",
                "a[0]['k']|a[0]['k']",
                "{'k': 1, 'l': [1, 2]}|{'k': 1, 'l': [1, 2]}",
                "(1,)|(1,)",
                "not a in b|not a in b",
                "a == 1 and b|a == 1 and b",
                "f(1, k='v')|f(1, k='v')",
                "\"it's\"|it's",
                "x + 1|Add(left=Name(name='x', ctx='load'), right=Const(value=1))",
                "'a' if b else 'c'|CondExpr(test=Name(name='b', ctx='load'), expr1=Const(value='a'), expr2=Const(value='c'))",
            })
    void printsAnArgument(String argument, String printed) {
        assertThat(ConfigCall.arguments("{{ config(x=" + argument + ") }} select 1"))
                .isEqualTo(Map.of("x", printed));
    }

    @Test
    void aNumberMayHaveAnyLength() {
        String number = "1".repeat(50_000);
        assertThat(ConfigCall.arguments("{{ config(x=" + number + ") }}")).isEqualTo(Map.of("x", number));
        assertThat(ConfigCall.arguments("{{ config(x=" + "1_".repeat(50_000) + "1) }}"))
                .isEqualTo(Map.of("x", number + "1"));
    }

    @Test
    void printsAFilterAsJinjaItself() {
        assertThat(ConfigCall.arguments("{{ config(x=env_var('A') | upper) }}"))
                .isEqualTo(Map.of(
                        "x",
                        "Filter(node=Call(node=Name(name='env_var', ctx='load'), args=[Const(value='A')], kwargs=[],"
                                + " dyn_args=None, dyn_kwargs=None), name='upper', args=[], kwargs=[],"
                                + " dyn_args=None, dyn_kwargs=None)"));
    }

    @Test
    void tellsWhatDependsOnTheTargetAlone() {
        String code =
                "{{ config(a=target.name, b='t' if target.name == 'prod' else 'v', c='target.name', d=[target['x']],"
                        + " e=target.name ~ var('x'), f=m(target.name), g=1, h=target.schema | upper) }}";

        assertThat(ConfigCall.ofTarget(code)).containsExactlyInAnyOrder("a", "b", "d", "h");
        assertThat(ConfigCall.ofTarget("select target.name")).isEmpty();
    }

    @Test
    void takesOnlyTheFirstCallThatIsCode() {
        String code = "{# config(a=1) #}{% raw %}{{ config(a=2) }}{% endraw %}select {{ x.config(a=3) }}\n"
                + "{%- set y = {'}}': 1} -%}{{ config(a=4, b='}}') }}{{ config(a=5) }}";

        assertThat(ConfigCall.arguments(code)).isEqualTo(Map.of("a", "4", "b", "}}"));
    }

    @Test
    void givesNothingForOddCode() {
        assertThat(ConfigCall.arguments("{{ config({'materialized': 'view'}) }}"))
                .isEmpty();
        assertThat(ConfigCall.arguments("{{ config(a=")).isEmpty();
        assertThat(ConfigCall.arguments("{{ config(a='x }}")).isEmpty();
        assertThat(ConfigCall.arguments("{{ config(a=" + "[".repeat(5000) + ") }}"))
                .isEmpty();
        assertThat(ConfigCall.arguments("select 1 -- config(a=1)")).isEmpty();
    }
}
