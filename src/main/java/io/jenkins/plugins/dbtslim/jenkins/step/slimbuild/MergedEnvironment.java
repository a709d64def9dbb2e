package io.jenkins.plugins.dbtslim.jenkins.step.slimbuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.dbtslim.change.CiTag;
import io.jenkins.plugins.dbtslim.change.MergedChange;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.config.DbtSlimConfiguration;
import io.jenkins.plugins.dbtslim.jenkins.engine.EnvironmentRecords;
import io.jenkins.plugins.dbtslim.jenkins.engine.RunSettings;
import io.jenkins.plugins.dbtslim.jenkins.engine.StepKey;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import jenkins.MasterToSlaveFileCallable;

/** The environment of the change request whose merge a deploy builds: which one it is, and whether it may be dropped. */
final class MergedEnvironment {
    private MergedEnvironment() {}

    /** The settings with its tag, or without any where nothing is to be dropped, which is told. */
    static RunSettings of(SlimBuildStep step, RunSettings settings, StepSite site, StepKey key)
            throws IOException, InterruptedException {
        RunSettings merged = settings.ciTag() == null ? ofCheckout(step, settings, site) : settings;
        if (merged.ciTag() == null) {
            site.log().println(Messages.SlimBuildWork_noMergedChange());
            return merged;
        }
        String why = keptBecause(merged, site.run(), key);
        if (why != null) {
            site.log().println(Messages.SlimBuildWork_notDropped(merged.ciTag(), why));
            return merged.withTag(null);
        }
        return merged;
    }

    private static RunSettings ofCheckout(SlimBuildStep step, RunSettings settings, StepSite site)
            throws IOException, InterruptedException {
        String change = site.workspace().child(step.getProjectDir()).act(new MergedChangeCallable());
        return change == null ? settings : settings.withTag(CiTag.ofChange(change));
    }

    /** A commit's message is anybody's text: only what is on record as a closed change request's goes. */
    private static String keptBecause(RunSettings settings, Run<?, ?> run, StepKey key) throws IOException {
        EnvironmentRecords records = EnvironmentRecords.of(run);
        List<EnvironmentRecords.Entry> users =
                records == null ? List.of() : records.of(settings.host(), settings.ciTag());
        List<String> patterns = DbtSlimConfiguration.get().changeTagPatterns();
        return users.isEmpty()
                ? Messages.SlimBuildWork_noRecord()
                : users.stream()
                        .map(user -> records.keptBy(user, patterns, key))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }

    /** It is gone. */
    static void forget(Run<?, ?> run, Map<String, String> variables) throws IOException {
        EnvironmentRecords records = EnvironmentRecords.of(run);
        String tag = variables.get("CI_TAG");
        if (tag != null && records != null) {
            records.forget(variables.get("MZ_HOST"), tag);
        }
    }

    /** Looks on the agent which change request the checked out commit merged. */
    static final class MergedChangeCallable extends MasterToSlaveFileCallable<String> {
        private static final long serialVersionUID = 1L;

        /** Gives its number, or null. */
        @Override
        @CheckForNull
        public String invoke(File project, VirtualChannel channel) throws InterruptedException {
            return MergedChange.ofCheckout(project.toPath());
        }
    }
}
