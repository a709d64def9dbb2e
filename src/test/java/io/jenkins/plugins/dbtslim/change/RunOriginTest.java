package io.jenkins.plugins.dbtslim.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each CI server says by its own variables where a run is from. */
class RunOriginTest {
    private static final String SHA = "0123456789abcdef0123456789abcdef01234567";

    @Test
    void jenkins() {
        assertThat(of(
                        "BUILD_URL",
                        "https://ci.example/job/shop/12/",
                        "JOB_NAME",
                        "shop",
                        "BUILD_NUMBER",
                        "12",
                        "GIT_COMMIT",
                        SHA,
                        "GIT_URL",
                        "git@git.example:acme/shop.git",
                        "BRANCH_NAME",
                        "PR-42",
                        "CHANGE_BRANCH",
                        "feature/x",
                        "CHANGE_ID",
                        "42",
                        "CHANGE_URL",
                        "https://git.example/pull/42"))
                .isEqualTo(new RunOrigin(
                        SHA,
                        "https://git.example/acme/shop/commit/" + SHA,
                        "feature/x",
                        "42",
                        "https://git.example/pull/42",
                        "shop #12",
                        "https://ci.example/job/shop/12/"));
        assertThat(of("GIT_COMMIT", SHA, "GIT_BRANCH", "origin/main").branch()).isEqualTo("main");
    }

    @Test
    void githubActions() {
        Map<String, String> push = variables(
                "GITHUB_ACTIONS",
                "true",
                "GITHUB_SERVER_URL",
                "https://github.com",
                "GITHUB_REPOSITORY",
                "acme/shop",
                "GITHUB_SHA",
                SHA,
                "GITHUB_REF",
                "refs/heads/main",
                "GITHUB_REF_NAME",
                "main",
                "GITHUB_HEAD_REF",
                "",
                "GITHUB_WORKFLOW",
                "dbt",
                "GITHUB_RUN_NUMBER",
                "7",
                "GITHUB_RUN_ID",
                "99");
        RunOrigin main = new RunOrigin(
                SHA,
                "https://github.com/acme/shop/commit/" + SHA,
                "main",
                null,
                null,
                "dbt #7",
                "https://github.com/acme/shop/actions/runs/99");
        assertThat(RunOrigin.of(push)).isEqualTo(main);
        push.putAll(Map.of(
                "GITHUB_REF", "refs/pull/42/merge", "GITHUB_REF_NAME", "42/merge", "GITHUB_HEAD_REF", "feature/x"));
        assertThat(RunOrigin.of(push))
                .extracting(RunOrigin::change, RunOrigin::changeUrl, RunOrigin::branch)
                .containsExactly("42", "https://github.com/acme/shop/pull/42", "feature/x");
    }

    @Test
    void gitlab() {
        assertThat(of(
                        "GITLAB_CI",
                        "true",
                        "CI_PROJECT_URL",
                        "https://gitlab.com/acme/shop",
                        "CI_COMMIT_SHA",
                        SHA,
                        "CI_COMMIT_REF_NAME",
                        "feature/x",
                        "CI_MERGE_REQUEST_IID",
                        "42",
                        "CI_JOB_NAME",
                        "slim",
                        "CI_JOB_ID",
                        "5",
                        "CI_JOB_URL",
                        "https://gitlab.com/acme/shop/-/jobs/5"))
                .isEqualTo(new RunOrigin(
                        SHA,
                        "https://gitlab.com/acme/shop/-/commit/" + SHA,
                        "feature/x",
                        "42",
                        "https://gitlab.com/acme/shop/-/merge_requests/42",
                        "slim #5",
                        "https://gitlab.com/acme/shop/-/jobs/5"));
    }

    @Test
    void bitbucket() {
        assertThat(of(
                        "BITBUCKET_BUILD_NUMBER",
                        "3",
                        "BITBUCKET_GIT_HTTP_ORIGIN",
                        "http://bitbucket.org/acme/shop",
                        "BITBUCKET_COMMIT",
                        SHA,
                        "BITBUCKET_BRANCH",
                        "feature/x",
                        "BITBUCKET_PR_ID",
                        "42",
                        "BITBUCKET_REPO_SLUG",
                        "shop"))
                .isEqualTo(new RunOrigin(
                        SHA,
                        "http://bitbucket.org/acme/shop/commits/" + SHA,
                        "feature/x",
                        "42",
                        "http://bitbucket.org/acme/shop/pull-requests/42",
                        "shop #3",
                        "http://bitbucket.org/acme/shop/pipelines/results/3"));
    }

    @Test
    void azure() {
        assertThat(of(
                        "TF_BUILD",
                        "True",
                        "BUILD_REPOSITORY_URI",
                        "https://acme@dev.azure.com/acme/p/_git/shop",
                        "BUILD_REPOSITORY_PROVIDER",
                        "TfsGit",
                        "BUILD_SOURCEVERSION",
                        SHA,
                        "BUILD_SOURCEBRANCH",
                        "refs/pull/42/merge",
                        "SYSTEM_PULLREQUEST_SOURCEBRANCH",
                        "refs/heads/feature/x",
                        "SYSTEM_PULLREQUEST_PULLREQUESTID",
                        "42",
                        "BUILD_DEFINITIONNAME",
                        "dbt",
                        "BUILD_BUILDNUMBER",
                        "20260101.1",
                        "BUILD_BUILDID",
                        "8",
                        "SYSTEM_COLLECTIONURI",
                        "https://dev.azure.com/acme/",
                        "SYSTEM_TEAMPROJECT",
                        "p"))
                .isEqualTo(new RunOrigin(
                        SHA,
                        "https://dev.azure.com/acme/p/_git/shop/commit/" + SHA,
                        "feature/x",
                        "42",
                        "https://dev.azure.com/acme/p/_git/shop/pullrequest/42",
                        "dbt #20260101.1",
                        "https://dev.azure.com/acme/p/_build/results?buildId=8"));
    }

    @Test
    void circleAndBuildkite() {
        assertThat(of(
                        "CIRCLECI",
                        "true",
                        "CIRCLE_SHA1",
                        SHA,
                        "CIRCLE_BRANCH",
                        "feature/x",
                        "CIRCLE_REPOSITORY_URL",
                        "git@github.com:acme/shop.git",
                        "CIRCLE_PULL_REQUEST",
                        "https://github.com/acme/shop/pull/42",
                        "CIRCLE_JOB",
                        "slim",
                        "CIRCLE_BUILD_NUM",
                        "4",
                        "CIRCLE_BUILD_URL",
                        "https://circleci.com/x/4"))
                .isEqualTo(new RunOrigin(
                        SHA,
                        "https://github.com/acme/shop/commit/" + SHA,
                        "feature/x",
                        "42",
                        "https://github.com/acme/shop/pull/42",
                        "slim #4",
                        "https://circleci.com/x/4"));
        Map<String, String> buildkite = variables(
                "BUILDKITE",
                "true",
                "BUILDKITE_COMMIT",
                SHA,
                "BUILDKITE_BRANCH",
                "main",
                "BUILDKITE_PULL_REQUEST",
                "false",
                "BUILDKITE_REPO",
                "git@github.com:acme/shop.git",
                "BUILDKITE_PIPELINE_SLUG",
                "dbt",
                "BUILDKITE_BUILD_NUMBER",
                "6",
                "BUILDKITE_BUILD_URL",
                "https://buildkite.com/acme/dbt/builds/6");
        assertThat(RunOrigin.of(buildkite))
                .extracting(RunOrigin::change, RunOrigin::changeUrl, RunOrigin::build)
                .containsExactly(null, null, "dbt #6");
        buildkite.put("BUILDKITE_PULL_REQUEST", "42");
        assertThat(RunOrigin.of(buildkite).changeUrl()).isEqualTo("https://github.com/acme/shop/pull/42");
    }

    @Test
    void whatIsNamedCountsMore() {
        RunOrigin named = of("GIT_COMMIT", SHA, "BUILD_URL", "https://ci.example/1")
                .with("abcdef0", "b", "https://git.example/merge_requests/7/", "https://ci.example/2");
        assertThat(named)
                .isEqualTo(new RunOrigin(
                        "abcdef0",
                        null,
                        "b",
                        "7",
                        "https://git.example/merge_requests/7/",
                        null,
                        "https://ci.example/2"));
        assertThat(RunOrigin.NONE.with(null, null, "8", null).change()).isEqualTo("8");
    }

    /** Anybody may name a branch; a link leads to the web, and shows no token. */
    @Test
    void whatIsNoCommitNumberOrAddressIsLeftOut() {
        RunOrigin odd = of(
                "GIT_COMMIT",
                "main; rm",
                "CHANGE_ID",
                "PR-1",
                "CHANGE_URL",
                "https://git.example/1",
                "BUILD_URL",
                "javascript:alert(1)");
        assertThat(odd).isEqualTo(RunOrigin.NONE);
        assertThat(of("GIT_COMMIT", SHA, "GIT_URL", "https://me:token@git.example/shop.git")
                        .commitUrl())
                .isEqualTo("https://git.example/shop/commit/" + SHA);
        assertThat(RunOrigin.ofTexts(of("CHANGE_ID", "4").texts()::get)).isEqualTo(of("CHANGE_ID", "4"));
    }

    @Test
    void gitTellsTheRest(@TempDir Path folder) throws InterruptedException {
        assertThat(RunOrigin.NONE.orOfCheckout(folder)).isEqualTo(RunOrigin.NONE);
        RunOrigin here = RunOrigin.NONE.orOfCheckout(Path.of("").toAbsolutePath());
        assertThat(here.commit()).matches(commit -> commit == null || commit.length() == 40);
    }

    private static RunOrigin of(String... namesAndValues) {
        return RunOrigin.of(variables(namesAndValues));
    }

    private static Map<String, String> variables(String... namesAndValues) {
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            variables.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return variables;
    }
}
