package io.jenkins.plugins.dbtslim.report.make;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.change.BehindProduction;
import io.jenkins.plugins.dbtslim.change.RunOrigin;
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
 * it, and may be resumed by a version that knows more of it, which fails for a record with a component more.
 */
public final class RunFacts implements Serializable, Cloneable {
    private static final long serialVersionUID = 1L;
    private final ArrayList<String> select;
    private final ArrayList<String> exclude;
    private final String target;
    private final boolean deferred;
    private String indirectSelection;
    private ArrayList<String> arguments = new ArrayList<>();
    private boolean selectsOtherwise;
    private HashMap<String, Double> formerSeconds = new HashMap<>();
    private HashMap<String, String> provenance;
    private HashMap<String, String> origin = new HashMap<>();
    private boolean firstRun;
    private int behindCommits;
    private ArrayList<String> behindFiles = new ArrayList<>();
    private ArrayList<String> ownFiles = new ArrayList<>();
    private String behindUnknown;

    /** The facts of a run with dbt's own modes and no history. */
    public RunFacts(List<String> select, List<String> exclude, String target, boolean deferred) {
        this.select = new ArrayList<>(select);
        this.exclude = new ArrayList<>(exclude);
        this.target = target;
        this.deferred = deferred;
    }

    /** Facts are shared and so never changed; each addition is made to a copy of its own. */
    private RunFacts copy() {
        try {
            return (RunFacts) clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
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
    @CheckForNull
    public String target() {
        return target;
    }

    /** Whether parents that were not built were read from production. */
    public boolean deferred() {
        return deferred;
    }

    /** dbt's mode, such as {@code cautious}, or null for its default. */
    @CheckForNull
    public String indirectSelection() {
        return indirectSelection;
    }

    /** Further arguments of dbt, which may narrow what it selects. */
    public List<String> arguments() {
        return arguments;
    }

    /** Whether what dbt selects follows from these facts alone. */
    public boolean tellsSelection() {
        return !selectsOtherwise && arguments().isEmpty();
    }

    /** The same for a run whose selection dbt gets by other ways too. */
    public RunFacts selectingOtherwise() {
        RunFacts copy = copy();
        copy.selectsOtherwise = true;
        return copy;
    }

    /** What nodes took in earlier runs, by unique_id; may be empty. */
    public Map<String, Double> formerSeconds() {
        return formerSeconds;
    }

    /** The same with what else decides which nodes dbt selects. */
    public RunFacts selectedWith(String mode, List<String> furtherArguments) {
        RunFacts copy = copy();
        copy.indirectSelection = mode;
        copy.arguments = new ArrayList<>(furtherArguments);
        return copy;
    }

    /** The same with the timings of earlier runs. */
    public RunFacts after(Map<String, Double> seconds) {
        RunFacts copy = copy();
        copy.formerSeconds = new HashMap<>(seconds);
        return copy;
    }

    /** What the state is, as the fetch noted it where no checkout can write; null when that is not known. */
    @CheckForNull
    public Provenance comparedWith() {
        return provenance == null ? null : ProvenanceFile.of(provenance);
    }

    /** The same with what the state is, or null. */
    public RunFacts comparedWith(Provenance state) {
        RunFacts copy = copy();
        copy.provenance = state == null ? null : new HashMap<>(ProvenanceFile.texts(state));
        return copy;
    }

    /** Where the run is from. */
    public RunOrigin origin() {
        return RunOrigin.ofTexts(origin::get);
    }

    /** The same with where it is from. */
    public RunFacts from(RunOrigin value) {
        RunFacts copy = copy();
        copy.origin = new HashMap<>(value.texts());
        return copy;
    }

    /** Whether production has no manifest yet: then every node is new. */
    public boolean isFirstRun() {
        return firstRun;
    }

    /** The same for a run that finds no manifest of production. */
    public RunFacts firstRun(boolean value) {
        RunFacts copy = copy();
        copy.firstRun = value;
        return copy;
    }

    /** How far production is ahead of what is built. */
    public BehindProduction behind() {
        return new BehindProduction(behindCommits, Set.copyOf(behindFiles), Set.copyOf(ownFiles), behindUnknown);
    }

    /** The same with how far production is ahead. */
    public RunFacts behind(BehindProduction value) {
        RunFacts copy = copy();
        copy.behindCommits = value.commits();
        copy.behindFiles = new ArrayList<>(value.theirs());
        copy.ownFiles = new ArrayList<>(value.own());
        copy.behindUnknown = value.unknown();
        return copy;
    }
}
