package io.jenkins.plugins.dbtslim.jenkins.report;

import hudson.model.Api;
import hudson.model.Run;
import java.util.Objects;
import jenkins.model.RunAction2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * A slim build on its build: the counts for the build's own page, and the way to the report. Only this little is stored in
 * {@code build.xml}; the report is a file beside it, read when a page asks for it.
 */
@ExportedBean
public final class SlimAction implements RunAction2 {
    /** The id of a run that was given none. */
    public static final String DEFAULT_ID = "dbt-slim";

    private final String id;
    private final String key;
    private RunState state = RunState.RUNNING;
    private String message;
    private String manifest;
    private Numbers numbers;
    private transient Run<?, ?> run;

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
    public synchronized RunState getState() {
        return state == RunState.RUNNING && run != null && !run.isBuilding() ? RunState.ABORTED : state;
    }

    /** What went wrong, in one sentence, or null. */
    @Exported
    public synchronized String getMessage() {
        return message;
    }

    /** The numbers of the summary line, or null while there is no report. */
    @Exported
    public synchronized Numbers getNumbers() {
        return numbers;
    }

    /** Where the kept manifest lies on the agent, or null. */
    public synchronized String manifest() {
        return manifest;
    }

    /** Notes how the run ended. */
    public synchronized void end(RunState ended, String sentence, String keptManifest, Numbers counted) {
        state = ended;
        message = sentence;
        manifest = keptManifest;
        numbers = counted;
    }

    /** The kept manifest of the last slim build of this build that ended, or null. */
    public static String lastManifest(Run<?, ?> run) {
        return run.getActions(SlimAction.class).stream()
                .map(SlimAction::manifest)
                .filter(Objects::nonNull)
                .reduce((a, b) -> b)
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
