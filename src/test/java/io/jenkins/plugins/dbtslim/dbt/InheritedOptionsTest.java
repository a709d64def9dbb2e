package io.jenkins.plugins.dbtslim.dbt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is taken of variables that dbt knows, old names included. */
class InheritedOptionsTest {
    @Test
    void theNewerNameComesFirst() {
        InheritedOptions all = new InheritedOptions(Map.of(
                "DBT_STATE", "b", "DBT_ENGINE_STATE", "a", "DBT_DEFER_TO_STATE", "True", "DBT_FAVOR_STATE", "0"));
        assertThat(all.state()).isEqualTo("a");
        assertThat(all.defer()).isTrue();
        assertThat(all.favorState()).isFalse();
        assertThat(all.names())
                .containsExactly("DBT_ENGINE_STATE", "DBT_STATE", "DBT_DEFER_TO_STATE", "DBT_FAVOR_STATE");
    }

    @Test
    void whatIsNotSetSaysNothing() {
        InheritedOptions none = new InheritedOptions(Map.of("DBT_STATE", " "));
        assertThat(none.state()).isNull();
        assertThat(none.defer()).isNull();
        assertThat(none.favorState()).isNull();
        assertThat(none.names()).isEmpty();
    }
}
