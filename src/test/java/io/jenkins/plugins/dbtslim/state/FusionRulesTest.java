package io.jenkins.plugins.dbtslim.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.manifest.ManifestReader;
import io.jenkins.plugins.dbtslim.manifest.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where dbt 2 is known to answer otherwise than dbt 1.12, on the same pair of manifests. */
class FusionRulesTest {
    private static final String MODEL = "'nodes':{'model.p.a':{'unique_id':'model.p.a','resource_type':'model',"
            + "'package_name':'p','name':'a','fqn':['p','a'],'raw_code':'select 1','config':{'materialized':'view'},"
            + "'unrendered_config':{},'depends_on':{'macros':['macro.p.m']}}}";
    private static final String MACROS =
            "'macros':{'macro.p.m':{'macro_sql':'m','depends_on':{'macros':['macro.p.n']}},"
                    + "'macro.p.n':{'macro_sql':'n','depends_on':{'macros':[]}}}";
    private static final String PROJECT = MODEL + "," + MACROS;

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a default written out | 'unrendered_config':{} | 'unrendered_config':{'materialized':'view'} | true | false",
                "another materialization | 'config':{'materialized':'view'},'unrendered_config':{} | 'config':{'materialized':'table'},'unrendered_config':{'materialized':'table'} | true | true",
                "only static_analysis | 'config':{'materialized':'view'},'unrendered_config':{} | 'config':{'materialized':'view','static_analysis':'off'},'unrendered_config':{'static_analysis':'off'} | true | false",
                "another folder | ['p','a'] | ['p','f','a'] | true | false",
                "another body | select 1 | select 2 | true | true",
                "the latest version | 'fqn' | 'latest_version':2,'fqn' | true | false",
                "a deprecation date | 'fqn' | 'deprecation_date':'2030-01-01','fqn' | true | false",
                "the access | 'fqn' | 'access':'public','fqn' | true | true",
                "white space at the end of a macro | 'macro_sql':'m' | 'macro_sql':' m ' | true | false",
                "a macro it calls | 'macro_sql':'m' | 'macro_sql':'x' | true | true",
                "a macro that one calls | 'macro_sql':'n' | 'macro_sql':'x' | true | false",
                "a macro that is gone | 'macro.p.n':{'macro_sql':'n','depends_on':{'macros':[]}} | 'macro.p.o':{'macro_sql':'n'} | true | false",
            })
    void countsOtherChanges(String change, String before, String after, boolean one, boolean two) throws IOException {
        assertThat(PROJECT).contains(before);
        String changed = PROJECT.replace(before, after);
        assertThat(modified("1.12.6", PROJECT, changed)).as("dbt 1.12").isEqualTo(one);
        assertThat(modified("2.0.0-preview.196", PROJECT, changed)).as("dbt 2").isEqualTo(two);
    }

    @Test
    void takesNewResourcesOfAllTypesForModifiedAndNeverForUnmodified() throws IOException {
        String source = "'sources':{'source.p.s.t':{'unique_id':'source.p.s.t','resource_type':'source',"
                + "'package_name':'p','source_name':'s','name':'t','fqn':['p','s','t'],'config':{'enabled':true}}},";
        for (String version : List.of("1.12.6", "2.0.0")) {
            boolean two = version.startsWith("2");
            StateComparison comparison = compare(version, PROJECT, source + PROJECT);
            Resource added = comparison.current().resource("source.p.s.t");
            assertThat(comparison.matches(StateSelector.NEW, added)).isTrue();
            assertThat(comparison.matches(StateSelector.OLD, added)).isFalse();
            assertThat(comparison.matches(StateSelector.MODIFIED, added)).isEqualTo(two);
            assertThat(comparison.matches(StateSelector.UNMODIFIED, added)).isEqualTo(!two);
            assertThat(comparison.matches(StateSelector.BODY, added)).isEqualTo(two);
            assertThat(comparison.matches(StateSelector.MACROS, added)).isEqualTo(two);
            assertThat(comparison.matches(StateSelector.CONFIGS, added)).isTrue();
        }
    }

    private boolean modified(String version, String before, String after) throws IOException {
        StateComparison comparison = compare(version, before, after);
        return comparison.matches(StateSelector.MODIFIED, comparison.current().resource("model.p.a"));
    }

    private StateComparison compare(String version, String before, String after) throws IOException {
        return StateComparison.compare(
                ManifestReader.read(write("before.json", version, before)),
                ManifestReader.read(write("after.json", version, after)),
                StateOptions.defaults());
    }

    private Path write(String name, String version, String project) throws IOException {
        String text =
                "{'metadata':{'dbt_schema_version':'https://schemas.getdbt.com/dbt/manifest/v12.json','dbt_version':'"
                        + version + "','project_name':'p','adapter_type':'duckdb'}," + project + "}";
        return Files.writeString(folder.resolve(name), text.replace('\'', '"'));
    }
}
