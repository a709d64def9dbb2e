package io.jenkins.plugins.dbtslim.change;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a run is from: which sources, for which change request, in which build. Every CI server tells that by variables of
 * its own. All parts are null where they are not known.
 *
 * @param commit of the sources
 * @param commitUrl its page
 * @param branch of the sources, without {@code refs/heads/}
 * @param change number of the change request that is built
 * @param changeUrl its page
 * @param build its name, such as {@code shop #42}
 * @param buildUrl its page
 */
public record RunOrigin(
        String commit, String commitUrl, String branch, String change, String changeUrl, String build, String buildUrl)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final Pattern COMMIT = Pattern.compile("[0-9a-fA-F]{7,64}");
    private static final Pattern CHANGE = Pattern.compile("\\d{1,12}");
    private static final Pattern URL = Pattern.compile("(https?://)(?:[^/@\\s]*@)?([^/@\\s]+(?:/\\S*)?)");
    private static final Pattern SSH = Pattern.compile("(?:ssh://)?git@([\\w.-]+)[:/]([^\\s:]+)");
    private static final Pattern LAST_NUMBER = Pattern.compile(".*/(\\d+)/?");

    private static final List<Function<Variables, RunOrigin>> SERVERS = List.of(
            RunOrigin::github,
            RunOrigin::gitlab,
            RunOrigin::bitbucket,
            RunOrigin::azure,
            RunOrigin::circle,
            RunOrigin::buildkite);

    /** Nothing is known. */
    public static final RunOrigin NONE = new RunOrigin(null, null, null, null, null, null, null);

    public RunOrigin {
        commit = matching(COMMIT, commit);
        change = matching(CHANGE, change);
        commitUrl = commit == null ? null : url(commitUrl);
        changeUrl = change == null ? null : url(changeUrl);
        buildUrl = url(buildUrl);
        branch = blankToNull(branch == null ? null : branch.replaceFirst("^(refs/heads/|origin/)", ""));
        build = blankToNull(build);
    }

    /** By the variables of GitHub Actions, GitLab CI, Bitbucket, Azure, CircleCI or Buildkite, else by those of Jenkins. */
    public static RunOrigin of(Map<String, String> environment) {
        Variables variables = new Variables(environment);
        return SERVERS.stream()
                .map(server -> server.apply(variables))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> jenkins(variables));
    }

    /** The same with commit and branch of the checkout around a folder, where they are not known. */
    public RunOrigin orOfCheckout(Path folder) throws InterruptedException {
        if (commit != null && branch != null) {
            return this;
        }
        Checkout git = new Checkout(folder);
        return or(git.answer("rev-parse", "HEAD"), git.answer("symbolic-ref", "--quiet", "--short", "HEAD"));
    }

    /** The same with these where they are not known. */
    public RunOrigin or(String otherCommit, String otherBranch) {
        return new RunOrigin(
                commit == null ? strip(otherCommit) : commit,
                commitUrl,
                branch == null ? strip(otherBranch) : branch,
                change,
                changeUrl,
                build,
                buildUrl);
    }

    /**
     * The same with what somebody named; null for what nobody did.
     *
     * @param namedChange number or page of the change request
     */
    public RunOrigin with(String namedCommit, String namedBranch, String namedChange, String namedBuild) {
        Matcher page = LAST_NUMBER.matcher(namedChange == null ? "" : namedChange);
        return new RunOrigin(
                namedCommit == null ? commit : namedCommit,
                namedCommit == null ? commitUrl : null,
                namedBranch == null ? branch : namedBranch,
                namedChange == null ? change : page.matches() ? page.group(1) : namedChange,
                namedChange == null ? changeUrl : namedChange,
                namedBuild == null ? build : null,
                namedBuild == null ? buildUrl : namedBuild);
    }

    /** What is known, by name. */
    public Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        put(texts, "commit", commit);
        put(texts, "commit_url", commitUrl);
        put(texts, "branch", branch);
        put(texts, "change", change);
        put(texts, "change_url", changeUrl);
        put(texts, "build", build);
        put(texts, "build_url", buildUrl);
        return texts;
    }

    /** What {@link #texts} gave, whoever stored it. */
    public static RunOrigin ofTexts(Function<String, String> texts) {
        return new RunOrigin(
                texts.apply("commit"),
                texts.apply("commit_url"),
                texts.apply("branch"),
                texts.apply("change"),
                texts.apply("change_url"),
                texts.apply("build"),
                texts.apply("build_url"));
    }

    /** Others name their variables alike, so these are taken wherever no other server is known. */
    private static RunOrigin jenkins(Variables v) {
        return new RunOrigin(
                v.get("GIT_COMMIT"),
                page(v.get("GIT_URL"), "/commit/", v.get("GIT_COMMIT")),
                v.first("CHANGE_BRANCH", "BRANCH_NAME", "GIT_BRANCH"),
                v.get("CHANGE_ID"),
                v.get("CHANGE_URL"),
                v.named("JOB_NAME", "BUILD_NUMBER"),
                v.get("BUILD_URL"));
    }

    private static RunOrigin github(Variables v) {
        if (!v.has("GITHUB_ACTIONS")) {
            return null;
        }
        String repository = v.get("GITHUB_SERVER_URL") + "/" + v.get("GITHUB_REPOSITORY");
        String change = after("refs/pull/", v.get("GITHUB_REF"));
        String number = change == null ? null : change.split("/", 2)[0];
        return new RunOrigin(
                v.get("GITHUB_SHA"),
                repository + "/commit/" + v.get("GITHUB_SHA"),
                v.first("GITHUB_HEAD_REF", "GITHUB_REF_NAME"),
                number,
                repository + "/pull/" + number,
                v.named("GITHUB_WORKFLOW", "GITHUB_RUN_NUMBER"),
                repository + "/actions/runs/" + v.get("GITHUB_RUN_ID"));
    }

    private static RunOrigin gitlab(Variables v) {
        if (!v.has("GITLAB_CI")) {
            return null;
        }
        String commit = v.first("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", "CI_COMMIT_SHA");
        String target = v.first("CI_MERGE_REQUEST_PROJECT_URL", "CI_PROJECT_URL");
        return new RunOrigin(
                commit,
                v.get("CI_PROJECT_URL") + "/-/commit/" + commit,
                v.first("CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "CI_COMMIT_REF_NAME"),
                v.get("CI_MERGE_REQUEST_IID"),
                target + "/-/merge_requests/" + v.get("CI_MERGE_REQUEST_IID"),
                v.named("CI_JOB_NAME", "CI_JOB_ID"),
                v.first("CI_JOB_URL", "CI_PIPELINE_URL"));
    }

    private static RunOrigin bitbucket(Variables v) {
        if (!v.has("BITBUCKET_BUILD_NUMBER")) {
            return null;
        }
        String repository = v.get("BITBUCKET_GIT_HTTP_ORIGIN");
        return new RunOrigin(
                v.get("BITBUCKET_COMMIT"),
                page(repository, "/commits/", v.get("BITBUCKET_COMMIT")),
                v.get("BITBUCKET_BRANCH"),
                v.get("BITBUCKET_PR_ID"),
                page(repository, "/pull-requests/", v.get("BITBUCKET_PR_ID")),
                v.named("BITBUCKET_REPO_SLUG", "BITBUCKET_BUILD_NUMBER"),
                page(repository, "/pipelines/results/", v.get("BITBUCKET_BUILD_NUMBER")));
    }

    private static RunOrigin azure(Variables v) {
        if (!v.has("TF_BUILD")) {
            return null;
        }
        String repository = v.get("BUILD_REPOSITORY_URI");
        boolean ofGithub = "GitHub".equals(v.get("BUILD_REPOSITORY_PROVIDER"));
        String change = v.first("SYSTEM_PULLREQUEST_PULLREQUESTNUMBER", "SYSTEM_PULLREQUEST_PULLREQUESTID");
        return new RunOrigin(
                v.get("BUILD_SOURCEVERSION"),
                page(repository, "/commit/", v.get("BUILD_SOURCEVERSION")),
                v.first("SYSTEM_PULLREQUEST_SOURCEBRANCH", "BUILD_SOURCEBRANCH"),
                change,
                page(repository, ofGithub ? "/pull/" : "/pullrequest/", change),
                v.named("BUILD_DEFINITIONNAME", "BUILD_BUILDNUMBER"),
                v.get("SYSTEM_COLLECTIONURI") + v.get("SYSTEM_TEAMPROJECT") + "/_build/results?buildId="
                        + v.get("BUILD_BUILDID"));
    }

    private static RunOrigin circle(Variables v) {
        if (!v.has("CIRCLECI")) {
            return null;
        }
        String page = v.get("CIRCLE_PULL_REQUEST");
        Matcher number = LAST_NUMBER.matcher(page == null ? "" : page);
        return new RunOrigin(
                v.get("CIRCLE_SHA1"),
                page(v.get("CIRCLE_REPOSITORY_URL"), "/commit/", v.get("CIRCLE_SHA1")),
                v.get("CIRCLE_BRANCH"),
                number.matches() ? number.group(1) : v.get("CIRCLE_PR_NUMBER"),
                page,
                v.named("CIRCLE_JOB", "CIRCLE_BUILD_NUM"),
                v.get("CIRCLE_BUILD_URL"));
    }

    private static RunOrigin buildkite(Variables v) {
        if (!v.has("BUILDKITE")) {
            return null;
        }
        return new RunOrigin(
                v.get("BUILDKITE_COMMIT"),
                page(v.get("BUILDKITE_REPO"), "/commit/", v.get("BUILDKITE_COMMIT")),
                v.get("BUILDKITE_BRANCH"),
                v.get("BUILDKITE_PULL_REQUEST"),
                page(v.get("BUILDKITE_REPO"), "/pull/", v.get("BUILDKITE_PULL_REQUEST")),
                v.named("BUILDKITE_PIPELINE_SLUG", "BUILDKITE_BUILD_NUMBER"),
                v.get("BUILDKITE_BUILD_URL"));
    }

    /** A page of a repository that is known by the address from which it is cloned. */
    private static String page(String repository, String path, String what) {
        if (repository == null || what == null) {
            return null;
        }
        String web = SSH.matcher(repository).replaceFirst("https://$1/$2").replaceFirst("(\\.git)?/?$", "");
        return web + path + what;
    }

    private static String after(String start, String text) {
        return text != null && text.startsWith(start) ? text.substring(start.length()) : null;
    }

    /** Of the web, and without the user and token that may stand in it. */
    private static String url(String text) {
        Matcher matcher = URL.matcher(text == null ? "" : text);
        return matcher.matches() ? matcher.group(1) + matcher.group(2) : null;
    }

    private static String matching(Pattern pattern, String text) {
        return text != null && pattern.matcher(text).matches() ? text : null;
    }

    private static String strip(String text) {
        return text == null ? null : text.strip();
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text;
    }

    private static void put(Map<String, String> texts, String name, String value) {
        if (value != null) {
            texts.put(name, value);
        }
    }

    /** The environment, in which what is set to nothing is not there. */
    private record Variables(Map<String, String> all) {
        String get(String name) {
            return blankToNull(all.get(name));
        }

        boolean has(String... names) {
            return Stream.of(names).allMatch(name -> get(name) != null);
        }

        String first(String... names) {
            return Stream.of(names)
                    .map(this::get)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }

        String named(String name, String number) {
            return has(name, number) ? get(name) + " #" + get(number) : null;
        }
    }
}
