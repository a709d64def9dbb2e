package io.jenkins.plugins.dbtslim.jenkins.page;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.checks.api.ChecksConclusion;
import io.jenkins.plugins.checks.api.ChecksDetails.ChecksDetailsBuilder;
import io.jenkins.plugins.checks.api.ChecksOutput.ChecksOutputBuilder;
import io.jenkins.plugins.checks.api.ChecksPublisherFactory;
import io.jenkins.plugins.checks.api.ChecksStatus;
import org.jenkinsci.plugins.variant.OptionalExtension;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Checks by the Checks API plugin, which finds the code host of a build. */
@Restricted(NoExternalUse.class)
@OptionalExtension(requirePlugins = "checks-api")
public class ChecksApiKind implements CheckKind {
    @Override
    public void publish(Run<?, ?> run, Check check) {
        ChecksDetailsBuilder details = new ChecksDetailsBuilder()
                .withName(check.name())
                .withStatus(ChecksStatus.COMPLETED)
                .withConclusion(conclusion(check.end()))
                .withOutput(new ChecksOutputBuilder()
                        .withTitle(check.title())
                        .withSummary(check.summary())
                        .build());
        if (check.url().startsWith("http")) {
            details.withDetailsURL(check.url());
        }
        // It would tell in the log of every build that no code host wants a check.
        ChecksPublisherFactory.fromRun(run, TaskListener.NULL).publish(details.build());
    }

    private static ChecksConclusion conclusion(End end) {
        return switch (end) {
            case SUCCESS -> ChecksConclusion.SUCCESS;
            case NEUTRAL -> ChecksConclusion.NEUTRAL;
            case FAILURE -> ChecksConclusion.FAILURE;
            case CANCELED -> ChecksConclusion.CANCELED;
        };
    }
}
