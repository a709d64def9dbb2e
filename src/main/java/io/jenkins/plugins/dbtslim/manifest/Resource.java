package io.jenkins.plugins.dbtslim.manifest;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;
import java.util.Map;

/**
 * One vertex of dbt's graph: a model, test, source, exposure and so on, as the index of a manifest keeps it. Texts are
 * not here but in {@link ManifestTexts}; what dbt compares of them is kept as {@link Fingerprint}s.
 */
public final class Resource {
    private static final Fingerprint PLACEHOLDER = Fingerprint.of("--placeholder--");

    /** Key of a seed's {@code meta} under which the driver notes its {@link #content}; no dbt compares that map. */
    public static final String CONTENT = "dbt_slim_content";

    /** Key of a node's {@code meta} under which the driver notes its {@link #inputs}. */
    public static final String INPUTS = "dbt_slim_inputs";

    private final Section section;
    private final Draft draft;
    private final Fingerprints fingerprints;

    Resource(Section section, Draft draft) {
        this.section = section;
        this.draft = draft;
        this.fingerprints = new Fingerprints(section, draft);
        draft.close();
    }

    public String uniqueId() {
        return draft.uniqueId;
    }

    /** The map of the manifest that holds it. */
    public Section section() {
        return section;
    }

    /** dbt's word, such as {@code model}, {@code test}, {@code unit_test}, {@code saved_query}. */
    public String resourceType() {
        return draft.resourceType;
    }

    public String name() {
        return draft.name;
    }

    public String packageName() {
        return draft.packageName;
    }

    /** Path of the defining file relative to its package, with {@code /} or as written by dbt on the producing machine. */
    public String originalFilePath() {
        return draft.originalFilePath;
    }

    /** Path of the YAML file that describes it (without {@code package://}), or null. */
    @CheckForNull
    public String patchPath() {
        return draft.patchPath;
    }

    /** Package, folders and name. */
    public List<String> fqn() {
        return draft.fqn;
    }

    /** Top-level tags; those of the config for unit tests. */
    public List<String> tags() {
        return draft.tags;
    }

    /** unique_ids of what it depends on, as written; empty for seeds and sources. */
    public List<String> dependsOn() {
        return draft.dependsOnNodes;
    }

    /** unique_ids of the macros that it calls, as dbt saw them when parsing; an entry may be null. */
    public List<String> dependsOnMacros() {
        return draft.dependsOnMacros;
    }

    /** The rendered config. Values are Map, List, String, Boolean, Long, BigInteger, Double or null. */
    public Map<String, Object> config() {
        return draft.config;
    }

    /** The config as it was before rendering, which is what dbt compares; same types of values. */
    public Map<String, Object> unrenderedConfig() {
        return draft.unrenderedConfig;
    }

    /** {@code config.materialized}, or null. */
    @CheckForNull
    public String materialized() {
        return text(draft.config.get("materialized"));
    }

    /** {@code config.group}, or null. */
    @CheckForNull
    public String group() {
        return text(draft.config.get("group"));
    }

    /** {@code public}, {@code protected} (dbt's default) or {@code private}. */
    public String access() {
        return draft.access;
    }

    /** Version of a versioned model (Long, Double or String), or null. */
    @CheckForNull
    public Object version() {
        return draft.version;
    }

    /** Latest version of a versioned model (Long, Double or String), or null. */
    @CheckForNull
    public Object latestVersion() {
        return draft.latestVersion;
    }

    /** {@code deprecation_date} of a model as written, or null. */
    @CheckForNull
    public String deprecationDate() {
        return draft.deprecationDate;
    }

    /** Whether {@code config.enabled} holds; absent means yes, and exposures are always members of the graph. */
    public boolean enabled() {
        return section == Section.EXPOSURES || PythonValues.truthy(draft.config.getOrDefault("enabled", true));
    }

    /**
     * What it reads beside the project's text, as the driver noted it: {@code var min_qty} to its value as JSON, {@code env
     * REGION} to a keyed digest, which is empty where no key was known. Of a node that reads some var by a name that is not
     * written out, {@code var? min_qty}.
     */
    public Map<String, String> inputs() {
        return draft.inputs;
    }

    /** Whether the model's contract is enforced. */
    public boolean contractEnforced() {
        return draft.contractEnforced;
    }

    /** Name of the generic test that a data test applies, such as {@code not_null}; null for all else. */
    public String genericTestName() {
        return draft.genericTestName;
    }

    /** Name of the source that a table belongs to; null for all else. */
    public String sourceName() {
        return draft.sourceName;
    }

    /** How a seed's checksum was made: {@code sha256}, {@code path} (too big to hash) or {@code none}; null where none is given. */
    @CheckForNull
    public String checksumName() {
        return draft.checksumName;
    }

    /**
     * Digest of a seed that dbt finds too big to hash, as dbt-slim noted it when it was loaded; null where nobody did.
     */
    public String content() {
        return draft.content;
    }

    /** The mark of a node that production has not got as its project asked for; null for all others. */
    public PendingMark pending() {
        return draft.pending;
    }

    /** Whether it is a node whose file holds no code at all. */
    public boolean blank() {
        return section == Section.NODES && fingerprint(Facet.BODY).equals(Fingerprint.EMPTY_TEXT);
    }

    /** Whether another project builds it and this one only refers to it (dbt Mesh, dbt-loom): such a model has no file. */
    public boolean isOfAnotherProject() {
        return "model".equals(resourceType()) && "".equals(originalFilePath());
    }

    /** Whether its code is not in the manifest, as early previews of dbt 2 wrote it. */
    public boolean isWithoutCode() {
        return fingerprint(Facet.BODY).equals(PLACEHOLDER);
    }

    /** Fingerprint of one facet; {@link Fingerprint#NULL} where it is absent. */
    public Fingerprint fingerprint(Facet facet) {
        return fingerprints.get(facet);
    }

    private static String text(Object value) {
        return value instanceof String text ? text : null;
    }

    @Override
    public String toString() {
        return uniqueId();
    }
}
