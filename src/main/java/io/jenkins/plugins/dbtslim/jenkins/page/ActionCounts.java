package io.jenkins.plugins.dbtslim.jenkins.page;

import io.jenkins.plugins.dbtslim.report.data.ReportCounts;
import io.jenkins.plugins.dbtslim.report.data.ReportHead;
import io.jenkins.plugins.dbtslim.report.data.SavedTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The numbers of a report as they are stored with the build: plain fields, so that every later version reads them. */
@Restricted(NoExternalUse.class)
@ExportedBean(defaultVisibility = 2)
public final class ActionCounts {
    private final int added;
    private final int modified;
    private final int renamed;
    private final int removed;
    private final int downstream;
    private final int selected;
    private final int built;
    private final int failed;
    private final int skipped;
    private final int testsPassed;
    private final int testsWarned;
    private final int testsFailed;
    private final int testsChanged;
    private final int notRebuilt;
    private final int changedOthers;
    private final int downstreamOthers;
    private final int notModels;
    private final int testsSkipped;
    private final int hooksFailed;
    private final int testsNotRun;
    private final int dataCompared;
    private final int dataChanged;
    private final int behind;
    private final int readers;
    private final int nonReaders;
    private final double secondsSaved;
    private final int timed;
    private final double seconds;

    public ActionCounts(ReportHead report) {
        ReportCounts counts = report.counts();
        added = counts.added();
        modified = counts.modified();
        renamed = counts.renamed();
        removed = counts.removed();
        downstream = counts.downstream();
        selected = counts.selected();
        built = counts.built();
        failed = counts.failed();
        skipped = counts.skipped();
        testsPassed = counts.testsPassed();
        testsWarned = counts.testsWarned();
        testsFailed = counts.testsFailed();
        testsChanged = counts.testsChanged();
        notRebuilt = counts.notRebuilt();
        changedOthers = counts.changedOthers();
        downstreamOthers = counts.downstreamOthers();
        notModels = counts.notModels();
        testsSkipped = counts.testsSkipped();
        hooksFailed = counts.hooksFailed();
        dataCompared = counts.dataCompared();
        dataChanged = counts.dataChanged();
        behind = counts.behind();
        readers = counts.readers();
        nonReaders = counts.nonReaders();
        testsNotRun = report.saved().tests();
        secondsSaved = report.saved().seconds();
        timed = report.saved().timed();
        seconds = report.run().elapsedSeconds();
    }

    /** As the report counts. */
    public ReportCounts counts() {
        return new ReportCounts(
                added,
                modified,
                renamed,
                removed,
                downstream,
                selected,
                built,
                failed,
                skipped,
                testsPassed,
                testsWarned,
                testsFailed,
                testsChanged,
                notRebuilt,
                changedOthers,
                downstreamOthers,
                notModels,
                testsSkipped,
                hooksFailed,
                dataCompared,
                dataChanged,
                behind,
                readers,
                nonReaders);
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
        Map<String, Integer> map = new LinkedHashMap<>();
        map.put("added", added);
        map.put("modified", modified);
        map.put("renamed", renamed);
        map.put("removed", removed);
        map.put("downstream", downstream);
        map.put("selected", selected);
        map.put("built", built);
        map.put("failed", failed);
        map.put("skipped", skipped);
        map.put("testsPassed", testsPassed);
        map.put("testsWarned", testsWarned);
        map.put("testsFailed", testsFailed);
        map.put("testsChanged", testsChanged);
        map.put("notRebuilt", notRebuilt);
        map.put("changedOthers", changedOthers);
        map.put("downstreamOthers", downstreamOthers);
        map.put("notModels", notModels);
        map.put("testsSkipped", testsSkipped);
        map.put("hooksFailed", hooksFailed);
        map.put("dataCompared", dataCompared);
        map.put("dataChanged", dataChanged);
        map.put("behind", behind);
        map.put("readers", readers);
        map.put("nonReaders", nonReaders);
        return map;
    }
}
