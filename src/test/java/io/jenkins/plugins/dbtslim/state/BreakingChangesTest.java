package io.jenkins.plugins.dbtslim.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dbtslim.manifest.ManifestReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which changes of a contract break, and what dbt does about them. */
class BreakingChangesTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-06-01T12:00:00Z"), ZoneOffset.UTC);

    /** A contracted table with two columns. */
    private static final String MODEL = "'model.p.a':{'resource_type':'model','package_name':'p','name':'a',"
            + "'fqn':['p','a'],'raw_code':'select 1','config':{'enabled':true,'materialized':'table'},"
            + "'contract':{'enforced':true,'checksum':'1'},'constraints':[{'type':'unique','columns':['x']}],"
            + "'columns':{'x':{'name':'x','data_type':'varchar(10)','constraints':[{'type':'not_null'}]},"
            + "'y':{'name':'y','data_type':'int'}}}";

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "switched off | {'enforced':true,'checksum':'1'} | {'enforced':false} | the contract is no longer enforced",
                "a column gone | ,'y':{'name':'y','data_type':'int'} | `` | column y is gone",
                "a column added | ,'y':{ | ,'z':{'name':'z'},'y':{ | ``",
                "another type | 'data_type':'int' | 'data_type':'text' | column y: data type int → text",
                "another size | 'data_type':'varchar(10)' | 'data_type':' VARCHAR (20)' | ``",
                "a column's constraint gone | [{'type':'not_null'}] | [] | column x: constraint not_null is gone",
                "a column's constraint named | {'type':'not_null'} | {'type':'not_null','name':'nn'} | column x: constraint not_null is gone",
                "a constraint that names defaults | {'type':'not_null'} | {'type':'not_null','name':null,'warn_unenforced':true,'warn_unsupported':true,'to_columns':[]} | ``",
                "the model's constraint gone | {'type':'unique','columns':['x']} | {'type':'not_null','columns':['x']} | constraint unique is gone",
                "incremental | 'materialized':'table' | 'materialized':'incremental' | ``",
                "a view | 'materialized':'table' | 'materialized':'view' | materialization table → view does not enforce constraints",
            })
    void breaks(String change, String before, String after, String lines) throws IOException {
        assertThat(MODEL).contains(before);
        String now = MODEL.replace(before, after).replace("'checksum':'1'", "'checksum':'2'");

        assertThat(lines("1.12.6", "postgres", MODEL, now)).isEqualTo(lines);
    }

    @Test
    void nothingBreaksWhereTheChecksumIsTheSame() throws IOException {
        assertThat(lines("1.12.6", "postgres", MODEL, MODEL.replace("'int'", "'text'")))
                .isEmpty();
    }

    @Test
    void nothingBreaksWhereTheContractIsNew() throws IOException {
        String loose = MODEL.replace("{'enforced':true,'checksum':'1'}", "{'enforced':false}");

        assertThat(lines("1.12.6", "postgres", loose, MODEL.replace("'int'", "'text'")))
                .isEmpty();
    }

    @Test
    void constraintsOfAViewDoNotCount() throws IOException {
        String view = MODEL.replace("'table'", "'view'");

        assertThat(lines("1.12.6", "postgres", view, changed(view.replace("[{'type':'not_null'}]", "[]"))))
                .isEmpty();
    }

    @Test
    void aTableWithoutConstraintsMayBecomeAView() throws IOException {
        String free = MODEL.replace("[{'type':'not_null'}]", "[]").replace("[{'type':'unique','columns':['x']}]", "[]");

        assertThat(lines("1.12.6", "postgres", free, changed(free.replace("'table'", "'view'"))))
                .isEmpty();
        String columns = MODEL.replace("[{'type':'unique','columns':['x']}]", "[]");
        assertThat(lines("1.12.6", "postgres", columns, changed(columns.replace("'table'", "'view'"))))
                .contains("does not enforce");
    }

    @Test
    void sizesCountBefore1_11() throws IOException {
        String now = changed(MODEL.replace("varchar(10)", "varchar(20)"));

        assertThat(lines("1.10.0", "postgres", MODEL, now)).isEqualTo("column x: data type varchar(10) → varchar(20)");
        assertThat(lines("1.11.0", "postgres", MODEL, now)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "postgres, unique, true",
        "materialize, unique, false",
        "materialize, not_null, true",
        "clickhouse, check, true",
        "spark, not_null, false",
        "unknown, foreign_key, true",
        "unknown, check, false",
    })
    void onlyWhatTheAdapterEnforces(String adapter, String type, boolean breaks) throws IOException {
        String before = MODEL.replace("{'type':'not_null'}", "{'type':'" + type + "'}");
        String now = changed(MODEL.replace("[{'type':'not_null'}]", "[]"));

        assertThat(lines("1.12.6", adapter, before, now))
                .isEqualTo(breaks ? "column x: constraint " + type + " is gone" : "");
    }

    @ParameterizedTest(name = "dbt {0}, deprecated {1}")
    @CsvSource(
            nullValues = "-",
            value = {
                "1.12.6, -, the model was deleted or renamed",
                "1.9.0, -, the model was deleted or renamed",
                "1.8.0, -, ''",
                "1.12.6, 2026-06-01T11:59:59+00:00, ''",
                "1.12.6, 2026-06-01T14:00:01+02:00, the model was deleted or renamed",
                "1.12.6, 2026-06-01T11:00:00, ''",
                "1.12.6, 2026-06-01, ''",
                "1.12.6, 2026-06-02, the model was deleted or renamed",
                "1.12.6, some day, the model was deleted or renamed",
            })
    void removedModelsBreakUntilTheirDeprecationDate(String version, String date, String line) throws IOException {
        String model = date == null ? MODEL : MODEL.replace("'fqn'", "'deprecation_date':'" + date + "','fqn'");

        assertThat(lines(version, "postgres", model, "")).isEqualTo(line);
    }

    @Test
    void disabledModelsBreakToo() throws IOException {
        assertThat(lines(
                        "1.12.6",
                        "postgres",
                        MODEL,
                        "",
                        MODEL.replace(":{'resource_type'", ":[{'resource_type'") + "]"))
                .isEqualTo("the model was disabled");
    }

    @Test
    void aRemovedModelWithoutContractBreaksNothing() throws IOException {
        assertThat(lines("1.12.6", "postgres", MODEL.replace("'enforced':true", "'enforced':false"), ""))
                .isEmpty();
    }

    @Test
    void dbtRefusesWhatBreaksAVersionedModel() throws IOException {
        String version = MODEL.replace("'fqn'", "'version':1,'fqn'");
        StateComparison comparison =
                compare("1.12.6", "postgres", version, changed(version.replace("'int'", "'text'")), "");

        for (StateSelector selector :
                List.of(StateSelector.MODIFIED, StateSelector.UNMODIFIED, StateSelector.CONTRACT)) {
            assertThatThrownBy(() -> comparison.warnings(selector))
                    .isInstanceOfSatisfying(StateException.class, e -> assertThat(e.dbtError())
                            .isEqualTo("ContractBreakingChangeError"))
                    .hasMessage("the contract of the versioned model model.p.a: column y: data type int → text; dbt"
                            + " refuses this: make a new version of the model");
        }
    }

    @Test
    void dbtWarnsOfWhatBreaksAnUnversionedModel() throws Exception {
        StateComparison comparison =
                compare("1.12.6", "postgres", MODEL, changed(MODEL.replace("'int'", "'text'")), "");

        assertThat(comparison.warnings(StateSelector.CONTRACT))
                .containsExactly(new StateWarning(
                        "UnversionedBreakingChange",
                        "a",
                        "the contract breaks of model.p.a: column y: data type int → text"));
        assertThat(comparison.warnings(StateSelector.BODY)).isEmpty();
        assertThat(comparison.warnings(StateSelector.MACROS)).isEmpty();
    }

    @Test
    void olderDbtFailsOnALostCustomConstraint() throws Exception {
        String custom = MODEL.replace("{'type':'not_null'}", "{'type':'custom','expression':'e'}");
        String now = changed(MODEL.replace("[{'type':'not_null'}]", "[]"));

        assertThatThrownBy(() -> compare("1.11.0", "postgres", custom, now, "").warnings(StateSelector.MODIFIED))
                .isInstanceOfSatisfying(
                        StateException.class, e -> assertThat(e.dbtError()).isEqualTo("KeyError"))
                .hasMessageStartingWith("model.p.a lost a custom constraint of its contract");
        assertThat(compare("1.12.0", "postgres", custom, now, "").warnings(StateSelector.MODIFIED))
                .isEmpty();
    }

    private static String changed(String model) {
        return model.replace("'checksum':'1'", "'checksum':'2'");
    }

    private String lines(String version, String adapter, String before, String after) throws IOException {
        return lines(version, adapter, before, after, "");
    }

    private String lines(String version, String adapter, String before, String after, String disabled)
            throws IOException {
        StateComparison comparison = compare(version, adapter, before, after, disabled);
        assertThat(comparison.breakingChanges().size()).isLessThanOrEqualTo(1);
        return comparison.breakingChanges().values().stream()
                .map(change -> String.join("; ", change.changes()))
                .findFirst()
                .orElse("");
    }

    private StateComparison compare(String version, String adapter, String before, String after, String disabled)
            throws IOException {
        return StateComparison.compare(
                ManifestReader.read(write("before.json", version, adapter, before, "")),
                ManifestReader.read(write("after.json", version, adapter, after, disabled)),
                StateOptions.defaults(),
                CLOCK);
    }

    private Path write(String name, String version, String adapter, String nodes, String disabled) throws IOException {
        String text =
                "{'metadata':{'dbt_schema_version':'https://schemas.getdbt.com/dbt/manifest/v12.json','dbt_version':'"
                        + version + "','project_name':'p','adapter_type':'" + adapter + "'},'nodes':{" + nodes
                        + "},'disabled':{" + disabled + "}}";
        return Files.writeString(folder.resolve(name), text.replace('\'', '"'));
    }
}
