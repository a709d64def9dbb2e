package io.jenkins.plugins.dbtslim.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dbtslim.manifest.ManifestReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** dbt fails on a macro that does not exist when it compares macros; which it does only if some macro changed. */
class MissingMacroTest {
    @TempDir
    Path folder;

    @ParameterizedTest(name = "dbt {0}, [{1}], {2} → [{3}]: {4}")
    @CsvSource(
            delimiter = '|',
            value = {
                "1.12.6 | null | null | new | CompilationError",
                "1.11.0 | null | null | new | CompilationError",
                "1.10.0 | null | null | new | KeyError",
                "1.8.0 | null | null | new | KeyError",
                "2.0.0 | null | null | new | ''",
                // No macro changed.
                "1.12.6 | null | null | old | ''",
                // dbt comes across the changed macro first.
                "1.12.6 | 'macro.p.changed',null | null | new | ''",
                "1.12.6 | null,'macro.p.changed' | null | new | CompilationError",
                "1.12.6 | 'macro.p.calls','macro.p.changed' | null | new | CompilationError",
                "1.12.6 | \"macro.p.calls\" | \"macro.p.changed\",null | new | ''",
                "1.12.6 | \"macro.p.calls\",null | \"macro.p.calls\" | new | CompilationError",
                "1.12.6 | 'macro.p.calls','macro.p.gone' | | new | ''",
            })
    void failsWhereDbtFails(String version, String calls, String further, String sql, String error) throws IOException {
        StateComparison comparison = compare(version, calls, further, sql);
        for (StateSelector selector :
                new StateSelector[] {StateSelector.MODIFIED, StateSelector.UNMODIFIED, StateSelector.MACROS}) {
            if (error.isEmpty()) {
                assertThat(warnings(comparison, selector)).isEqualTo("none");
            } else {
                assertThat(warnings(comparison, selector))
                        .isEqualTo(
                                error + ": test.p.t (in models/a.yml) depends on a macro or generic test that does not"
                                        + " exist, on which dbt fails when it compares macros; restore it, or no longer ask for it");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NEW", "OLD", "BODY", "CONFIGS", "RELATION", "CONTRACT"})
    void doesNotMatterWhereMacrosAreNotCompared(StateSelector selector) throws IOException {
        assertThat(warnings(compare("1.12.6", "null", "null", "new"), selector)).isEqualTo("none");
    }

    @Test
    void stillComparesEverything() throws IOException {
        StateComparison comparison = compare("1.12.6", "null,'macro.p.changed'", "", "new");

        assertThat(comparison.change("test.p.t").kind()).isEqualTo(Change.Kind.MODIFIED);
        assertThatThrownBy(() -> comparison.change("test.p.u")).isInstanceOf(IllegalArgumentException.class);
    }

    private static String warnings(StateComparison comparison, StateSelector selector) {
        try {
            assertThat(comparison.warnings(selector)).isEmpty();
            return "none";
        } catch (StateException e) {
            return e.dbtError() + ": " + e.getMessage();
        }
    }

    private StateComparison compare(String version, String calls, String further, String sql) throws IOException {
        return StateComparison.compare(
                ManifestReader.read(write("before.json", version, calls, further, "old")),
                ManifestReader.read(write("after.json", version, calls, further, sql)),
                StateOptions.defaults());
    }

    private Path write(String name, String version, String calls, String further, String sql) throws IOException {
        String text =
                "{'metadata':{'dbt_schema_version':'https://schemas.getdbt.com/dbt/manifest/v12.json','dbt_version':'"
                        + version + "','project_name':'p','adapter_type':'duckdb'},'nodes':{'test.p.t':{"
                        + "'resource_type':'test','package_name':'p','name':'t','original_file_path':'models/a.yml',"
                        + "'fqn':['p','t'],'depends_on':{'macros':[" + calls + "]}}},'macros':{"
                        + "'macro.p.calls':{'macro_sql':'same','depends_on':{'macros':["
                        + (further == null ? "" : further)
                        + "]}},'macro.p.changed':{'macro_sql':'" + sql + "'}}}";
        return Files.writeString(folder.resolve(name), text.replace('\'', '"'));
    }
}
