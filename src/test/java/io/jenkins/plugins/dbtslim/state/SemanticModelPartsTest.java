package io.jenkins.plugins.dbtslim.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.manifest.Resource;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts of semantic models have a config since dbt 1.10; an older dbt drops it when it loads the state. */
class SemanticModelPartsTest {
    private static final String CONFIG = ",'config':{'meta':{}}";

    @TempDir
    Path folder;

    @Test
    void aConfigThatTheCurrentDbtDoesNotKnowIsNoDifference() throws IOException {
        assertThat(compare("1.11.16", CONFIG, "1.9.11", "")).isEmpty();
        assertThat(compare("1.6.19", "", "1.9.11", "")).isEmpty();
        assertThat(compare("1.11.16", CONFIG, "1.9.11", ",'label':'x'")).isEqualTo("ENTITIES");
    }

    @Test
    void oneThatItKnowsIsOne() throws IOException {
        assertThat(compare("1.11.16", CONFIG, "1.11.16", CONFIG)).isEmpty();
        assertThat(compare("1.6.19", "", "1.11.16", CONFIG)).isEqualTo("ENTITIES");
        assertThat(compare("1.11.16", CONFIG, "1.11.16", ",'config':{'meta':{'a':1}}"))
                .isEqualTo("ENTITIES");
    }

    private String compare(String before, String then, String current, String now) throws IOException {
        Manifest project = manifest(current, now);
        StateComparison comparison = StateComparison.compare(manifest(before, then), project, StateOptions.defaults());
        Resource sales = project.resource("semantic_model.p.sales");
        assertThat(comparison.matches(StateSelector.MODIFIED, sales))
                .isEqualTo(!comparison.differing(sales).isEmpty());
        return comparison.differing(sales).stream().map(Aspect::name).reduce("", String::concat);
    }

    private Manifest manifest(String version, String more) throws IOException {
        return SmallManifests.of(
                folder,
                version,
                "duckdb",
                "'nodes':{},'macros':{},'semantic_models':{'semantic_model.p.sales':{'resource_type':'semantic_model',"
                        + "'package_name':'p','name':'sales','fqn':['p','sales'],'model':'ref(x)','config':{'enabled':true},"
                        + "'entities':[{'name':'id','type':'primary'" + more + "}],'dimensions':[],'measures':[],"
                        + "'depends_on':{'nodes':[],'macros':[]}}}");
    }
}
