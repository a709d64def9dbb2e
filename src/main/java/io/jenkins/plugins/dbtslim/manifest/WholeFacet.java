package io.jenkins.plugins.dbtslim.manifest;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Map;

/**
 * A facet that is the whole value of one key of a source, exposure, metric, semantic model or saved query.
 *
 * @param facet which
 * @param loading what dbt's loader makes of the value
 */
record WholeFacet(Facet facet, Loading loading) {
    private static final Map<String, WholeFacet> BY_KEY = Map.ofEntries(
            plain("database", Facet.DATABASE),
            plain("schema", Facet.SCHEMA),
            plain("identifier", Facet.IDENTIFIER),
            plain("unrendered_database", Facet.UNRENDERED_DATABASE),
            plain("unrendered_schema", Facet.UNRENDERED_SCHEMA),
            loaded("quoting", Facet.QUOTING),
            Map.entry("freshness", new WholeFacet(Facet.FRESHNESS, Loading.FRESHNESS)),
            plain("loaded_at_field", Facet.LOADED_AT_FIELD),
            loaded("external", Facet.EXTERNAL),
            plain("type", Facet.TYPE),
            loaded("owner", Facet.OWNER),
            plain("maturity", Facet.MATURITY),
            plain("url", Facet.URL),
            plain("label", Facet.LABEL),
            plain("model", Facet.MODEL),
            loaded("defaults", Facet.DEFAULTS),
            loaded("entities", Facet.ENTITIES),
            loaded("dimensions", Facet.DIMENSIONS),
            loaded("measures", Facet.MEASURES),
            plain("primary_entity", Facet.PRIMARY_ENTITY),
            plain("group", Facet.GROUP),
            Map.entry("exports", new WholeFacet(Facet.EXPORTS, Loading.EXPORTS)));

    /** The facet that a key holds, or null. */
    @CheckForNull
    static WholeFacet of(String key) {
        return BY_KEY.get(key);
    }

    private static Map.Entry<String, WholeFacet> plain(String key, Facet facet) {
        return Map.entry(key, new WholeFacet(facet, Loading.PLAIN));
    }

    private static Map.Entry<String, WholeFacet> loaded(String key, Facet facet) {
        return Map.entry(key, new WholeFacet(facet, Loading.OBJECT));
    }
}
