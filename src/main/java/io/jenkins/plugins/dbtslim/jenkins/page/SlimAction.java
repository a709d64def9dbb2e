package io.jenkins.plugins.dbtslim.jenkins.page;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.model.Api;
import hudson.model.EnvironmentContributingAction;
import hudson.model.Run;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import jenkins.model.RunAction2;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * A slim build on its build: the counts for the build's own page, and the way to the report. Only this little is stored in
 * {@code build.xml}; the report is a file beside it, read when a page asks for it.
 */
@Restricted(NoExternalUse.class)
@ExportedBean
public final class SlimAction implements RunAction2, EnvironmentContributingAction {
    /** The id of a run that was given none. */
    public static final String DEFAULT_ID = "dbt-slim";

    private final String id;
    private final String key;
    private RunStatus state = RunStatus.RUNNING;
    private String message;
    private String manifest;
    private String secretAt;
    private ActionCounts numbers;
    private ArrayList<BuildComparison> since;
    private ActionPublication publication;
    private transient Run<?, ?> run;
    private transient volatile LiveState live;

    SlimAction(String id, String key) {
        this.id = id;
        this.key = key;
    }

    /** What tells several runs of one build apart; the last part of the address. */
    @Exported
    public String getId() {
        return id;
    }

    /** Key of the running step: attaching twice under one key attaches once. */
    String key() {
        return key;
    }

    /** How the run stands; a build that ended leaves nothing running. */
    @Exported
    public synchronized RunStatus getState() {
        return state == RunStatus.RUNNING && run != null && !run.isBuilding() ? RunStatus.ABORTED : state;
    }

    /**
     * What went wrong, in one sentence, or null. Seen by all who may read the build, although it may quote SQL: the console
     * log says the same, and Jenkins shows that to them too. What the log does not say is for those who may see the workspace.
     */
    @Exported
    @CheckForNull
    public synchronized String getMessage() {
        // Builds that were aborted under an older version keep an empty sentence.
        return message == null || message.isBlank() ? null : message;
    }

    /** The numbers of the summary line, or null while there is no report. */
    @Exported
    @CheckForNull
    public synchronized ActionCounts getNumbers() {
        return numbers;
    }

    /** What became of nodes since earlier builds: of this job, and of a change request's target. */
    @Exported
    public synchronized List<BuildComparison> getSince() {
        return since == null ? List.of() : List.copyOf(since);
    }

    /** What of it became production's manifest, or null where nobody asked for that. */
    @Exported
    @CheckForNull
    public synchronized ActionPublication getPublication() {
        return publication;
    }

    /** Notes that on the run of this id, if it has a page. */
    public static void publish(Run<?, ?> run, String id, ActionPublication publication) throws IOException {
        for (SlimAction action : run.getActions(SlimAction.class)) {
            if (action.id.equals(id)) {
                synchronized (action) {
                    action.publication = publication;
                }
            }
        }
        run.save();
    }

    /** How far dbt is, or null when it does not run or nothing is known yet. */
    @Exported(skipNull = true)
    @CheckForNull
    public LiveState getProgress() {
        return getState() == RunStatus.RUNNING ? live : null;
    }

    /** Notes how far dbt is. */
    public void show(ProgressLook glance) {
        live = new LiveState(glance);
    }

    /** Whether dbt is at work for this run. */
    public boolean isRunning() {
        return getState() == RunStatus.RUNNING;
    }

    /** Where the kept manifest lies on the agent, or null. */
    @CheckForNull
    public synchronized String manifest() {
        return manifest;
    }

    /** Where the kept manifest holds a secret, as a JSON pointer, or null: then it is not to be published. */
    @CheckForNull
    public synchronized String secretAt() {
        return secretAt;
    }

    /** Notes how the run ended. */
    public synchronized void end(
            RunStatus ended, String sentence, String keptManifest, String secret, ActionReport report) {
        state = ended;
        message = sentence;
        manifest = keptManifest;
        secretAt = secret;
        numbers = report.numbers();
        since = new ArrayList<>(report.since());
        live = null;
    }

    /** Where a manifest that a slim build of this build kept holds a secret, or null. */
    @CheckForNull
    public static String secretAt(Run<?, ?> run, String manifest) {
        return run.getActions(SlimAction.class).stream()
                .filter(action -> manifest.equals(action.manifest()))
                .map(SlimAction::secretAt)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** The build. */
    public Run<?, ?> getRun() {
        return run;
    }

    /** The remote API of this run: {@code …/api/json}. */
    public Api getApi() {
        return new Api(this);
    }

    /** The page with the report. */
    public ReportPage getPage() {
        return new ReportPage(this);
    }

    /** The report in other formats: {@code …/download/report.json}. */
    public Downloads getDownload() {
        return new Downloads(this);
    }

    /** For mails and scripts: what came of the last slim build that ended, and of each by its id. */
    @Override
    public void buildEnvironment(Run<?, ?> build, EnvVars env) {
        if (getState() != RunStatus.RUNNING) {
            SlimVariables.of(this).forEach(env::put);
        }
    }

    @Override
    public void onAttached(Run<?, ?> owner) {
        run = owner;
    }

    @Override
    public void onLoad(Run<?, ?> owner) {
        run = owner;
    }

    @Override
    public String getIconFileName() {
        return "symbol-dbt-slim plugin-dbt-slim-deployments";
    }

    @Override
    public String getDisplayName() {
        return id.equals(DEFAULT_ID) ? Messages.SlimAction_displayName() : Messages.SlimAction_displayNameOf(id);
    }

    @Override
    public String getUrlName() {
        return id;
    }
}
