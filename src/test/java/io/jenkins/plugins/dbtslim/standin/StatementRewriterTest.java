package io.jenkins.plugins.dbtslim.standin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which statements the stand-in changes, and into what. */
class StatementRewriterTest {
    @ParameterizedTest
    @CsvSource(delimiter = '>', quoteCharacter = '`', textBlock = """
            create cluster "ci" (size = '50cc')                  > select mz_shim.create_cluster('ci', '50cc', 1)
            CREATE CLUSTER CI SIZE '25cc', REPLICATION FACTOR 2  > select mz_shim.create_cluster('ci', '25cc', 2)
            drop cluster if exists "Ci" cascade                  > select mz_shim.drop_cluster('Ci', true, true)
            drop cluster ci                                      > select mz_shim.drop_cluster('ci', false, false)
            alter schema a swap with "b c"                       > do $mz$ begin perform mz_shim.swap_schema('a', 'b c'); end $mz$
            create materialized view d.s.v in cluster c as select 1 > set mz_shim.cluster = 'c'; create materialized view d.s.v as select 1
            create index on d.s.v (x);                           > select 'CREATE INDEX'
            create sink s.k in cluster c from d.s.v into kafka   > select mz_shim.create_sink(null, 's', 'k', 'c', 'd.s.v')
            alter sink d.s.k set from d.s.w                      > select mz_shim.alter_sink('d', 's', 'k', 'd.s.w')
            drop sink if exists d.s.k cascade                    > select mz_shim.drop_sink('d', 's', 'k')
            set cluster = ci                                     > select mz_shim.use_cluster('ci')
            select 1 from "d".INFORMATION_SCHEMA.columns         > select 1 from mz_shim.columns
            select * from t where cluster = 'x'                  > select * from t where cluster = 'x'
            """)
    void putsWhatPostgresCannotParseIntoCalls(String sql, String rewritten) {
        assertThat(StatementRewriter.rewrite(sql).strip()).isEqualTo(rewritten);
    }

    @Test
    void leavesTheCommentAlone() {
        assertThat(StatementRewriter.rewrite("/* drop cluster x */ drop cluster y"))
                .isEqualTo("/* drop cluster x */ select mz_shim.drop_cluster('y', false, false)");
    }
}
