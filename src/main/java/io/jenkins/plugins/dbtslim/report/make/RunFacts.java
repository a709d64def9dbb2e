package io.jenkins.plugins.dbtslim.report.make;

import io.jenkins.plugins.dbtslim.dbt.BehindProduction;
import io.jenkins.plugins.dbtslim.store.Provenance;
import io.jenkins.plugins.dbtslim.store.ProvenanceFile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a report tells of a run that neither its outcome nor its manifests know. No record: a running Pipeline stores
 * it, and one that a former version of the plugin stored is resumed, which fails for a record with a component more.
 */
public final class RunFacts implements Serializable {
    private static final long serialVersionUID = 1L;
    private final ArrayList<String> select;
    private final ArrayList<String> exclude;
    private final String target;
    private final boolean deferred;
    private final String commit;
    private final String indirectSelection;
    private final boolean moreArguments;
    private final HashMap<String, Double> formerSeconds;
    // Not of a run that a former version prepared; then nothing is known.
    private final HashMap<String, String> provenance;
    private final boolean firstRun;
    private final int behindCommits;
    // Null in a run that a former version prepared.
    private final ArrayList<String> behindFiles;

    private RunFacts(
            List<String> select,
            List<String> exclude,
            String target,
            boolean deferred,
            String commit,
            String indirectSelection,
            boolean moreArguments,
            Map<String, Double> formerSeconds,
            Map<String, String> provenance,
            boolean firstRun,
            BehindProduction behind) {
        this.select = new ArrayList<>(select);
        this.exclude = new ArrayList<>(exclude);
        this.target = target;
        this.deferred = deferred;
        this.commit = commit;
        this.indirectSelection = indirectSelection;
        this.moreArguments = moreArguments;
        this.formerSeconds = new HashMap<>(formerSeconds);
        this.provenance = provenance == null ? null : new HashMap<>(provenance);
        this.firstRun = firstRun;
        this.behindCommits = behind.commits();
        this.behindFiles = new ArrayList<>(behind.files());
    }

    /** The facts of a run with dbt's own modes and no history. */
    public RunFacts(List<String> select, List<String> exclude, String target, boolean deferred, String commit) {
        this(select, exclude, target, deferred, commit, null, false, Map.of(), null, false, BehindProduction.NOT);
    }

    /** What the caller asked for, one entry an option; a YAML selector as {@code selector:NAME}. */
    public List<String> select() {
        return select;
    }

    /** What the caller left out, likewise. */
    public List<String> exclude() {
        return exclude;
    }

    /** dbt's target, or null for the profile's own. */
    public String target() {
        return target;
    }

    /** Whether parents that were not built were read from production. */
    public boolean deferred() {
        return deferred;
    }

    /** Commit of the sources, or null. */
    public String commit() {
        return commit;
    }

    /** dbt's mode, such as {@code cautious}, or null for its default. */
    public String indirectSelection() {
        return indirectSelection;
    }

    /** Whether dbt got other arguments too, which may narrow what it selects. */
    public boolean moreArguments() {
        return moreArguments;
    }

    /** What nodes took in earlier runs, by unique_id; may be empty. */
    public Map<String, Double> formerSeconds() {
        return formerSeconds;
    }

    /** The same with what else decides which nodes dbt selects. */
    public RunFacts selectedWith(String mode, boolean otherArguments) {
        return new RunFacts(
                select,
                exclude,
                target,
                deferred,
                commit,
                mode,
                otherArguments,
                formerSeconds,
                provenance,
                firstRun,
                behind());
    }

    /** The same with the timings of earlier runs. */
    public RunFacts after(Map<String, Double> seconds) {
        return new RunFacts(
                select,
                exclude,
                target,
                deferred,
                commit,
                indirectSelection,
                moreArguments,
                seconds,
                provenance,
                firstRun,
                behind());
    }

    /** What the state is, as the fetch noted it where no checkout can write; null when that is not known. */
    public Provenance comparedWith() {
        return provenance == null ? null : ProvenanceFile.of(provenance);
    }

    /** The same with what the state is, or null. */
    public RunFacts comparedWith(Provenance state) {
        Map<String, String> fields = state == null ? null : ProvenanceFile.texts(state);
        return new RunFacts(
                select,
                exclude,
                target,
                deferred,
                commit,
                indirectSelection,
                moreArguments,
                formerSeconds,
                fields,
                firstRun,
                behind());
    }

    /** Whether production has no manifest yet: then every node is new. */
    public boolean isFirstRun() {
        return firstRun;
    }

    /** The same for a run that finds no manifest of production. */
    public RunFacts firstRun(boolean value) {
        return new RunFacts(
                select,
                exclude,
                target,
                deferred,
                commit,
                indirectSelection,
                moreArguments,
                formerSeconds,
                provenance,
                value,
                behind());
    }

    /** How far production is ahead of what is built. */
    public BehindProduction behind() {
        return behindFiles == null
                ? BehindProduction.NOT
                : new BehindProduction(behindCommits, Set.copyOf(behindFiles));
    }

    /** The same with how far production is ahead. */
    public RunFacts behind(BehindProduction value) {
        return new RunFacts(
                select,
                exclude,
                target,
                deferred,
                commit,
                indirectSelection,
                moreArguments,
                formerSeconds,
                provenance,
                firstRun,
                value);
    }
}
