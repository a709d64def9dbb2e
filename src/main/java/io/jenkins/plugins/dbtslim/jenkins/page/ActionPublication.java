package io.jenkins.plugins.dbtslim.jenkins.page;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.dbtslim.io.VisibleText;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What of a run became production's manifest, in the few words that are stored with the build. */
@Restricted(NoExternalUse.class)
@ExportedBean(defaultVisibility = 2)
public final class ActionPublication {
    private final String uri;
    private final boolean published;
    private final boolean failed;
    private final int pending;
    private final ArrayList<String> lines;

    private ActionPublication(String uri, boolean published, boolean failed, int pending, List<String> lines) {
        this.uri = uri;
        this.published = published;
        this.failed = failed;
        this.pending = pending;
        this.lines = new ArrayList<>(lines.stream().map(VisibleText::line).toList());
    }

    /** It was published, or there was nothing of it to publish. */
    public static ActionPublication of(String uri, boolean published, int pending, List<String> lines) {
        return new ActionPublication(uri, published, false, pending, lines);
    }

    /** It was to be published, and could not be. */
    public static ActionPublication failed(String sentence) {
        return new ActionPublication(null, false, true, 0, List.of(sentence));
    }

    /** Where production's manifest lies, or null. */
    @Exported
    @CheckForNull
    public String getUri() {
        return uri;
    }

    /** Whether it was published. */
    @Exported
    public boolean isPublished() {
        return published;
    }

    /** Whether it could not be, although it was to. */
    @Exported
    public boolean isFailed() {
        return failed;
    }

    /** How many nodes and tests of the project production has not as the project asks for. */
    @Exported
    public int getPending() {
        return pending;
    }

    /** What was left to build, and what is gone; or why nothing was published. */
    @Exported
    public List<String> getLines() {
        return List.copyOf(lines);
    }

    /** In one line: the first of what there is to say. */
    public String getHeadline() {
        if (!published) {
            return lines.isEmpty() ? "" : lines.get(0);
        }
        return pending == 0
                ? Messages.ActionPublication_published(uri)
                : Messages.ActionPublication_pending(uri, pending);
    }
}
