package io.jenkins.plugins.dbtslim.jenkins.page;

import io.jenkins.plugins.dbtslim.report.data.ReportCounts;
import io.jenkins.plugins.dbtslim.report.data.ReportHead;
import io.jenkins.plugins.dbtslim.report.data.SavedTime;
import java.util.Map;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * The numbers of a report as they are stored with the build: plain fields, so that every later version reads them. Those of
 * {@link ReportCounts} are set and read by their names.
 */
@Restricted(NoExternalUse.class)
@SuppressWarnings("UnusedVariable")
@ExportedBean(defaultVisibility = 2)
public final class ActionCounts {
    private int added;
    private int modified;
    private int renamed;
    private int removed;
    private int downstream;
    private int selected;
    private int built;
    private int failed;
    private int skipped;
    private int testsPassed;
    private int testsWarned;
    private int testsFailed;
    private int testsChanged;
    private int notRebuilt;
    private int changedOthers;
    private int downstreamOthers;
    private int notModels;
    private int testsSkipped;
    private int hooksFailed;
    private final int testsNotRun;
    private int dataCompared;
    private int dataChanged;
    private int behind;
    private int readers;
    private int nonReaders;
    private final double secondsSaved;
    private final int timed;
    private final double seconds;

    public ActionCounts(ReportHead report) {
        report.counts().toMap().forEach((name, number) -> {
            try {
                ActionCounts.class.getDeclaredField(name).setInt(this, number);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        });
        testsNotRun = report.saved().tests();
        secondsSaved = report.saved().seconds();
        timed = report.saved().timed();
        seconds = report.run().elapsedSeconds();
    }

    /** As the report counts. */
    public ReportCounts counts() {
        return ReportCounts.kept(name -> {
            try {
                return ActionCounts.class.getDeclaredField(name).getInt(this);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** As the report says what was saved. */
    public SavedTime saved() {
        return new SavedTime(notRebuilt, testsNotRun, secondsSaved, timed);
    }

    /** Seconds that the run took; 0 in builds of a version that did not keep it. */
    @Exported
    public double getSeconds() {
        return seconds;
    }

    /** Seconds that were not spent because nodes were not rebuilt, or -1 if unknown. */
    @Exported
    public double getSecondsSaved() {
        return secondsSaved;
    }

    /** Each number by its name, for the remote API and for scripts. */
    @Exported(name = "counts")
    public Map<String, Integer> toMap() {
        return counts().toMap();
    }
}
