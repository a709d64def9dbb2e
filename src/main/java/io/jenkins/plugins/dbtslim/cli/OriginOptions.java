package io.jenkins.plugins.dbtslim.cli;

import io.jenkins.plugins.dbtslim.change.RunOrigin;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that say where a run is from, where the CI server's variables and git do not. */
final class OriginOptions {
    @Option(names = "--branch", paramLabel = "NAME", description = "Branch of the sources, for the report.")
    String branch;

    @Option(
            names = "--pull-request",
            paramLabel = "NUMBER|URL",
            description =
                    "The pull request that is built, for the report. Default of these, of --commit and --build: what"
                            + " Jenkins, GitHub Actions, GitLab CI, Bitbucket, Azure, CircleCI or Buildkite say, and git.")
    String change;

    /** With what is named together with other options. */
    RunOrigin of(Path project, PublishingOptions publishing, Map<String, String> environment)
            throws InterruptedException {
        return RunOrigin.of(environment)
                .with(publishing.commit, branch, change, publishing.build)
                .orOfCheckout(project);
    }
}
