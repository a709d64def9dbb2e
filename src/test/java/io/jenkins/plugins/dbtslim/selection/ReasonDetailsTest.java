package io.jenkins.plugins.dbtslim.selection;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.state.Aspect;
import io.jenkins.plugins.dbtslim.state.Change;
import io.jenkins.plugins.dbtslim.state.StateComparison;
import io.jenkins.plugins.dbtslim.state.StateOptions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What exactly a reason says, for each aspect, on recorded changes; and why what did not change is selected. */
class ReasonDetailsTest {
    @ParameterizedTest(name = "{0} {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "body-sql | model.shop.stg_orders | BODY | ``",
                "cfg-access | model.shop.dim_customers | CONFIGS | access: public → protected",
                "cfg-access | model.shop.dim_customers | ACCESS | public → protected",
                "cfg-docs-show | model.shop.stg_orders | CONFIGS | docs: (absent) → {show: false}",
                "cfg-project-mat | model.shop.dim_customers | CONTRACT | materialization table → view does not enforce constraints (breaking)",
                "con-add-col | model.shop.dim_customers | CONTRACT | column extra added: integer",
                "con-drop-col | model.shop.dim_customers | CONTRACT | column country_name is gone (breaking)",
                "con-constraint | model.shop.dim_customers | CONTRACT | column customer_id: constraint not_null is gone (breaking)",
                "con-type | model.shop.dim_customers | CONTRACT | column last_name: data type varchar → integer (breaking)",
                "con-type-size | model.shop.dim_customers | CONTRACT | column last_name: varchar → VARCHAR(20)",
                "con-off | model.shop.dim_customers | CONTRACT | the contract is no longer enforced (breaking)",
                "desc-persist-rel | model.shop.order_lines | PERSISTED_DESCRIPTIONS | of the relation",
                "desc-persist-col | model.shop.order_lines | PERSISTED_DESCRIPTIONS | of column product_id",
                "desc-persist-newcol | model.shop.order_lines | PERSISTED_DESCRIPTIONS | of column product_name (added)",
                "rel-alias | model.shop.stg_orders | RELATION | alias: (absent) → orders_stage",
                "rel-alias-sql | model.shop.rpt_region | RELATION | alias: region_report → region_rpt",
                "mac-direct | model.shop.stg_customers | MACROS | macro.shop.clean_name",
                "mac-nested | model.shop.stg_customers | MACROS | macro.shop.clean_name → macro.shop.trim_it",
                "str-move | model.shop.stg_orders | FQN | shop.staging.stg_orders → shop.staging.sales.stg_orders",
                "str-latest | model.shop.dim_products.v1 | LATEST_VERSION | 1 → 2",
                "str-deprecation | model.shop.dim_products.v1 | DEPRECATION_DATE | null → 2030-01-01T00:00:00+00:00",
                "fun-args | function.shop.half_of | ARGUMENTS | arguments: [{name: x, data_type: float, description: null, default_value: null}] → [{name: x, data_type: double, description: null, default_value: null}]",
                "src-freshness | source.shop.raw.orders | FRESHNESS | freshness: {warn_after: {count: 12, period: hour}, error_after: {count: 24, period: hour}, filter: null} → {warn_after: {count: 12, period: hour}, error_after: {count: 36, period: hour}, filter: null}",
                "src-loaded-at | source.shop.raw.orders | LOADED_AT_FIELD | loaded_at_field: loaded_at → _loaded",
                "src-quoting | source.shop.raw.payments | QUOTING | quoting: {database: null, schema: null, identifier: null, column: null} → {database: null, schema: null, identifier: true, column: null}",
                "src-external | source.shop.raw.payments | EXTERNAL | external: null → {location: s3://b/p, file_format: null, row_format: null, tbl_properties: null, partitions: null}",
                "exp-url | exposure.shop.sales_dashboard | URL | url: https://bi.example.com/1 → https://bi.example.com/2",
                "exp-owner | exposure.shop.region_app | OWNER | owner: {email: bob@example.com, name: Bob} → {email: bob@example.com, name: Rob}",
                "exp-desc | exposure.shop.sales_dashboard | DESCRIPTION | weekly sales → daily sales",
                "exp-deps | exposure.shop.region_app | DEPENDENCIES | source.shop.raw.payments removed",
                "met-label | metric.shop.avg_order | LABEL | label: AOV → Average order",
                "sem-measure | semantic_model.shop.sem_orders | MEASURES | order_count.agg: count → count_distinct",
                "sem-label | semantic_model.shop.sem_orders | ENTITIES | order.config: {meta: {}} → {meta: {a: 1}}; customer.config: {meta: {}} → {meta: {a: 1}}",
                "sem-label | semantic_model.shop.sem_orders | DIMENSIONS | ordered_at.config: {meta: {}} → {meta: {a: 1}}; status.config: {meta: {}} → {meta: {a: 1}}",
                "sq-export | saved_query.shop.daily_revenue | EXPORTS | daily_revenue_export.unrendered_config: {export_as: table, alias: daily_rev, schema: exp} → {export_as: table, alias: daily_rev, schema: exp2}",
                "sq-groupby | saved_query.shop.daily_revenue | QUERY | group_by: [TimeDimension('metric_time', 'day')] → [TimeDimension('metric_time', 'month')]",
                "sq-tags | saved_query.shop.daily_revenue | TAGS | [] → [a]",
                "sq-group | saved_query.shop.daily_revenue | GROUP | group: null → finance",
                "sq-metrics | saved_query.shop.daily_revenue | QUERY | metrics: [total_revenue] → [total_revenue, orders_placed]; where: null → {where_filters: [{where_sql_template: {{ Dimension('order__status') }} = 'ok'}]}",
                "sem-model | semantic_model.shop.sem_orders | MODEL | model: ref('fct_orders') → ref('stg_orders')",
                "sem-defaults | semantic_model.shop.sem_orders | DEFAULTS | defaults: {agg_time_dimension: ordered_at} → {agg_time_dimension: shipped_at}",
                "sem-primary | semantic_model.shop.sem_orders | PRIMARY_ENTITY | primary_entity: order → purchase",
                "sem-group | semantic_model.shop.sem_orders | GROUP | group: null → finance",
                "met-type | metric.shop.orders_placed | TYPE | type: simple → cumulative",
                "exp-type | exposure.shop.sales_dashboard | TYPE | type: dashboard → analysis",
                "exp-type | exposure.shop.sales_dashboard | MATURITY | maturity: high → low",
                "fun-returns-desc | function.shop.half_of | RETURNS | returns: {data_type: float, description: null} → {data_type: float, description: r}",
                "fun-overload-new | function.shop.half_of | OVERLOADS | half_of_int added",
                "fun-overload-body | function.shop.half_of | OVERLOADS | half_of_int.raw_body: x // 2 → x / 2",
                "con-on | model.shop.dim_products.v1 | CONTRACT | the contract is enforced now; column price added: integer; column product_id: null → integer; column product_name added: varchar",
                "ut-row | unit_test.shop.fct_orders.ut_amounts | DEFINITION | ``",
            })
    void saysWhatDiffers(String name, String id, Aspect aspect, String details) throws IOException {
        Change change = comparison(name).explain(List.of(id)).get(id);

        assertThat(change.kind()).isEqualTo(Change.Kind.MODIFIED);
        assertThat(change.reasons())
                .filteredOn(reason -> reason.aspect() == aspect)
                .singleElement()
                .satisfies(reason -> {
                    assertThat(String.join("; ", reason.details())).isEqualTo(details);
                    assertThat(reason.decisive()).isTrue();
                });
    }

    @Test
    void aNewResourceNeedsNoReason() throws IOException {
        String id = "model.shop.new_model";
        StateComparison comparison = comparison("str-new-model");
        assertThat(comparison.current().resources())
                .filteredOn(r -> comparison.old(r) == null && r.resourceType().equals("model"))
                .isNotEmpty()
                .allSatisfy(r ->
                        assertThat(comparison.change(r.uniqueId())).isEqualTo(new Change(Change.Kind.NEW, List.of())));
        assertThat(comparison.current().resource(id)).isNull();
    }

    @Test
    void theShortestPathTellsWhatSetOffASelection() throws Exception {
        Map<String, List<String>> paths = Map.of(
                "model.shop.stg_orders", List.of("model.shop.stg_orders"),
                "model.shop.fct_orders",
                        List.of("model.shop.stg_orders", "model.shop.int_order_amounts", "model.shop.fct_orders"),
                "unit_test.shop.fct_orders.ut_amounts",
                        List.of(
                                "model.shop.stg_orders",
                                "model.shop.int_order_amounts",
                                "model.shop.fct_orders",
                                "unit_test.shop.fct_orders.ut_amounts"),
                "snapshot.shop.snap_orders", List.of("model.shop.stg_orders", "snapshot.shop.snap_orders"),
                "model.shop.dim_customers", List.of());
        SelectionResult result = select("state:modified+");

        paths.forEach((id, path) -> assertThat(result.path(id)).as(id).isEqualTo(path));
    }

    @Test
    void pathsLeadUpToAncestorsAndOverChildrenToTheirParents() throws Exception {
        assertThat(select("+state:modified").path("source.shop.raw.orders"))
                .containsExactly("model.shop.stg_orders", "source.shop.raw.orders");
        assertThat(select("@state:modified").path("model.shop.stg_payments"))
                .containsExactly("model.shop.stg_orders", "model.shop.int_order_amounts", "model.shop.stg_payments");
        assertThat(select("state:modified,tag:stg").path("model.shop.stg_orders"))
                .containsExactly("model.shop.stg_orders");
    }

    private static SelectionResult select(String words) throws Exception {
        StateComparison comparison = comparison("body-sql");
        return Selection.select(comparison.current(), StateInput.of(comparison), SelectionRequest.of(words));
    }

    private static StateComparison comparison(String name) throws IOException {
        OracleCorpus corpus = OracleCorpus.of("1.12");
        OracleCorpus.Case found = corpus.cases().stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow();
        Manifest current = corpus.manifest(found, "current");
        return StateComparison.compare(
                corpus.manifest(found, "state"),
                current,
                new StateOptions(null, corpus.lines(found).flags()));
    }
}
