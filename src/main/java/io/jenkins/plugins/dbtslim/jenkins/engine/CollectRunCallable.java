package io.jenkins.plugins.dbtslim.jenkins.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.dbtslim.dbt.DbtDriver;
import io.jenkins.plugins.dbtslim.dbt.DbtEnvironment;
import io.jenkins.plugins.dbtslim.dbt.result.DbtException;
import io.jenkins.plugins.dbtslim.dbt.result.DbtOutcome;
import io.jenkins.plugins.dbtslim.dbt.result.DeploymentState;
import io.jenkins.plugins.dbtslim.dbt.result.RunRecord;
import io.jenkins.plugins.dbtslim.dbt.result.RunResult;
import io.jenkins.plugins.dbtslim.dbt.result.RunResults;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.io.AgentLimits;
import io.jenkins.plugins.dbtslim.io.Artifacts;
import io.jenkins.plugins.dbtslim.jenkins.agent.RunFolder;
import io.jenkins.plugins.dbtslim.manifest.ManifestException;
import io.jenkins.plugins.dbtslim.manifest.ManifestReader;
import io.jenkins.plugins.dbtslim.report.data.BuiltReport;
import io.jenkins.plugins.dbtslim.report.export.JUnitReport;
import io.jenkins.plugins.dbtslim.report.file.SlimReportFile;
import io.jenkins.plugins.dbtslim.report.make.RunFacts;
import io.jenkins.plugins.dbtslim.report.make.RunReport;
import io.jenkins.plugins.dbtslim.secret.SecretMask;
import io.jenkins.plugins.dbtslim.secret.SecretScan;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import jenkins.MasterToSlaveFileCallable;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Reads on the agent what the driver kept, and makes the report there, where the manifests lie. */
@Restricted(NoExternalUse.class)
public final class CollectRunCallable extends MasterToSlaveFileCallable<CollectedRun> {
    private static final long serialVersionUID = 1L;
    private static final String REPORT = "report.zip";
    private final String python;
    private final String state;
    private final String junit;
    private final RunFacts facts;
    private final SecretMask mask;
    private final Integer exitStatus;
    private final boolean aborted;

    /**
     * Reads nothing yet.
     *
     * @param python that started the driver
     * @param state folder of production's manifest, or null
     * @param junit file for results as JUnit XML, or null
     * @param facts what the report tells of the options
     * @param mask of what must not be in the report
     * @param exitStatus of the driver's process, or null when it is not known
     * @param aborted whether it was told to end
     */
    public CollectRunCallable(
            String python,
            @CheckForNull String state,
            @CheckForNull String junit,
            RunFacts facts,
            SecretMask mask,
            @CheckForNull Integer exitStatus,
            boolean aborted) {
        this.python = python;
        this.state = state;
        this.junit = junit;
        this.facts = facts;
        this.mask = mask;
        this.exitStatus = exitStatus;
        this.aborted = aborted;
    }

    @Override
    public CollectedRun invoke(File folder, VirtualChannel channel) throws IOException {
        Path kept = folder.toPath().resolve(RunFolder.KEPT);
        if (junit != null) {
            // One of an earlier build must not be taken for this one's.
            Files.deleteIfExists(Path.of(junit));
        }
        Files.deleteIfExists(kept.resolve(REPORT));
        RunStatus status = aborted ? RunStatus.ABORTED : RunStatus.ERROR;
        try {
            try {
                DbtOutcome outcome = DbtDriver.outcome(folder.toPath(), kept, exitStatus);
                return collected(aborted ? outcome.ofAborted() : outcome, kept, true);
            } catch (DbtException e) {
                return collected(DbtOutcome.left(kept, status, sentence(e.getMessage())), kept, false);
            }
        } catch (DbtException | ManifestException e) {
            // What lies there tells nothing that can be read: that is the run's end, and no report is made of it.
            return collected(DbtOutcome.without(status, e.getMessage()), kept, false);
        }
    }

    private CollectedRun collected(DbtOutcome outcome, Path kept, boolean ended) throws IOException {
        List<RunResult> results = outcome.runResults() == null
                ? List.of()
                : RunResults.read(outcome.runResults()).results();
        List<RunResult> failures = results.stream().filter(RunResult::isFailure).toList();
        DeploymentState deployment = deployment(kept);
        BuiltReport report = report(outcome, deployment, kept);
        Path manifest = manifest(outcome, kept);
        if (junit != null && report != null) {
            JUnitReport.write(Path.of(junit), report.report());
        }
        return new CollectedRun(
                outcome.status(),
                text(outcome.error()),
                AgentLimits.cut(dbtVersion(outcome)),
                manifest == null ? null : manifest.toString(),
                report == null ? null : write(kept, report),
                report == null ? ChangeLists.NONE : ChangeLists.of(report.report()),
                first(outcome.selected() == null ? List.of() : outcome.selected()),
                first(failures.stream().map(RunResult::uniqueId).toList()),
                !failures.isEmpty() && failures.stream().allMatch(failure -> RunResult.isTest(failure.uniqueId())),
                outcome.seconds().getOrDefault("total", 0.0),
                manifest == null ? null : SecretScan.find(manifest, mask),
                ended,
                worked(outcome, results) || (!ended && !withoutPython()),
                deployment);
    }

    private boolean withoutPython() {
        return exitStatus != null && exitStatus == 127;
    }

    /** An operation or a node ran, if only to fail: then something may be there. A driver that was killed could not say. */
    private static boolean worked(DbtOutcome outcome, List<RunResult> results) {
        return !results.isEmpty()
                || !outcome.interrupted().isEmpty()
                || outcome.operations().stream()
                        .anyMatch(operation -> !operation.status().equals("left out"));
    }

    /** That of a run that was killed lies there without an outcome that names it. */
    private static Path manifest(DbtOutcome outcome, Path kept) {
        Path manifest = kept.resolve(Artifacts.MANIFEST);
        boolean isLeft = outcome.manifest() == null && Files.isRegularFile(manifest);
        return isLeft ? manifest : outcome.manifest();
    }

    /** A dbt that runs as separate commands tells its version only in what it writes. */
    private static String dbtVersion(DbtOutcome outcome) throws IOException {
        return outcome.dbtVersion() == null && outcome.manifest() != null
                ? ManifestReader.readMetadata(outcome.manifest()).dbtVersion()
                : outcome.dbtVersion();
    }

    /** The later steps of a deployment build nothing: their report would be empty. */
    private BuiltReport report(DbtOutcome outcome, DeploymentState deployment, Path kept) throws IOException {
        if (deployment != null && !deployment.prepares()) {
            return null;
        }
        Path production = state == null ? null : Path.of(state).resolve(Artifacts.MANIFEST);
        RunFacts known = facts.from(facts.origin().or(RunRecord.commit(kept), null));
        return RunReport.of(outcome, deployment, production, known, mask::mask);
    }

    private static String write(Path kept, BuiltReport report) throws IOException {
        Path file = kept.resolve(REPORT);
        SlimReportFile.write(file, report);
        return file.toString();
    }

    /** As it travels: without secrets, and of no length that a project can choose. */
    private String text(String text) {
        return AgentLimits.cut(mask.mask(text));
    }

    private String sentence(String message) {
        return withoutPython() ? DbtEnvironment.noPython(python) : message;
    }

    /** Names of objects come from the project, like everything that dbt says. */
    private DeploymentState deployment(Path kept) throws IOException {
        DeploymentState state = DeploymentState.read(kept);
        return state == null ? null : state.masked(this::text);
    }

    private List<String> first(Collection<String> ids) {
        return new ArrayList<>(
                ids.stream().limit(AgentLimits.IDS).map(this::text).toList());
    }

    /** Removes what only the running driver needed; what it kept stays for publishing. */
    public static final class CleanUp extends MasterToSlaveFileCallable<Void> {
        private static final long serialVersionUID = 1L;

        @Override
        public Void invoke(File folder, VirtualChannel channel) throws IOException {
            DbtDriver.remove(folder.toPath());
            return null;
        }
    }
}
