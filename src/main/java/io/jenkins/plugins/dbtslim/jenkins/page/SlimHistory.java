package io.jenkins.plugins.dbtslim.jenkins.page;

import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.dbtslim.dbt.result.RunStatus;
import io.jenkins.plugins.dbtslim.report.data.TrendPoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The slim builds that ended in the newest builds of a job. Only so many builds are looked at, whatever is in them. */
final class SlimHistory {
    private final List<Entry> newestFirst = new ArrayList<>();

    /**
     * Reads now.
     *
     * @param builds looked at at most
     */
    SlimHistory(Job<?, ?> job, int builds) {
        Run<?, ?> build = job.getLastBuild();
        for (int i = 0; i < builds && build != null; i++) {
            List<SlimAction> actions = new ArrayList<>(build.getActions(SlimAction.class));
            Collections.reverse(actions);
            for (SlimAction action : actions) {
                if (action.getState() != RunStatus.RUNNING) {
                    newestFirst.add(new Entry(build.getNumber(), action));
                }
            }
            build = build.getPreviousBuild();
        }
    }

    List<Entry> newestFirst() {
        return newestFirst;
    }

    /** For each id its slim builds, the oldest first; the id that ran last comes first. */
    Map<String, List<Entry>> byId() {
        Map<String, List<Entry>> all = new LinkedHashMap<>();
        newestFirst.forEach(entry ->
                all.computeIfAbsent(entry.getId(), id -> new ArrayList<>()).add(entry));
        all.values().forEach(Collections::reverse);
        return all;
    }

    /** One slim build. */
    @ExportedBean(defaultVisibility = 2)
    public static final class Entry {
        private final int number;
        private final SlimAction action;

        Entry(int number, SlimAction action) {
            this.number = number;
            this.action = action;
        }

        /** Number of its build. */
        @Exported
        public int getNumber() {
            return number;
        }

        @Exported
        public String getId() {
            return action.getId();
        }

        @Exported
        public RunStatus getState() {
            return action.getState();
        }

        /** Null where there is no report. */
        @Exported(inline = true)
        public ActionCounts getNumbers() {
            return action.getNumbers();
        }

        /**
         * In the picture.
         *
         * @param toJob relative way from the page to that of the job
         */
        TrendPoint point(String toJob) {
            ActionCounts numbers = action.getNumbers();
            return new TrendPoint(
                    "#" + number,
                    toJob + number + "/" + action.getUrlName() + "/",
                    action.getState(),
                    numbers == null ? null : numbers.counts(),
                    numbers == null ? 0 : numbers.getSeconds(),
                    numbers == null ? -1 : numbers.getSecondsSaved());
        }
    }
}
