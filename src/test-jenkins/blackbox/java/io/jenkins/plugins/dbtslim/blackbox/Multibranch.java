package io.jenkins.plugins.dbtslim.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

/** A multibranch project whose branches and pull requests a {@link CodeHost} has. */
final class Multibranch {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final String PLUGIN = "org.jenkinsci.plugin.gitea.";
    private static final String TRAITS =
            """
            <@BranchDiscoveryTrait><strategyId>1</strategyId></@BranchDiscoveryTrait>
            <@OriginPullRequestDiscoveryTrait><strategyId>N</strategyId></@OriginPullRequestDiscoveryTrait>
            <@ForkPullRequestDiscoveryTrait><strategyId>N</strategyId>
            <trust class="@ForkPullRequestDiscoveryTrait$TrustContributors"/></@ForkPullRequestDiscoveryTrait>
            <jenkins.plugins.git.traits.RefSpecsSCMSourceTrait><templates>
            <jenkins.plugins.git.traits.RefSpecsSCMSourceTrait_-RefSpecTemplate>
            <value>+refs/heads/main:refs/remotes/@{remote}/main</value>
            </jenkins.plugins.git.traits.RefSpecsSCMSourceTrait_-RefSpecTemplate>
            </templates></jenkins.plugins.git.traits.RefSpecsSCMSourceTrait>
            """.replace("<@", "<" + PLUGIN).replace("</@", "</" + PLUGIN).replace("\"@", "\"" + PLUGIN);

    private final Site site;
    private final Job project;

    /**
     * Creates it.
     *
     * @param pulls {@code merge} to build what comes of a pull request's merge, {@code head} to build it as it is
     */
    Multibranch(Site site, CodeHost host, String pulls) {
        this.site = site;
        site.during(
                "org.jenkinsci.plugin.gitea.servers.GiteaServers.get().addServer("
                        + "new org.jenkinsci.plugin.gitea.servers.GiteaServer('', '" + host.url()
                        + "', false, null, null))",
                "org.jenkinsci.plugin.gitea.servers.GiteaServers.get().removeServer('" + host.url() + "')");
        project = site.job(
                "multibranch",
                "<org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject><sources"
                        + " class=\"jenkins.branch.MultiBranchProject$BranchSourceList\"><data><jenkins.branch.BranchSource>"
                        + "<source class=\"" + PLUGIN + "GiteaSCMSource\"><id>shop</id><serverUrl>" + host.url()
                        + "</serverUrl><repoOwner>" + CodeHost.OWNER + "</repoOwner><repository>"
                        + CodeHost.REPOSITORY + "</repository><credentialsId/><traits>"
                        + TRAITS.replace(">N<", pulls.equals("merge") ? ">1<" : ">2<") + "</traits></source>"
                        + "<strategy class=\"jenkins.branch.DefaultBranchPropertyStrategy\"><properties class=\"empty-list\"/></strategy>"
                        + "</jenkins.branch.BranchSource></data></sources><factory"
                        + " class=\"org.jenkinsci.plugins.workflow.multibranch.WorkflowBranchProjectFactory\">"
                        + "<scriptPath>Jenkinsfile</scriptPath></factory><orphanedItemStrategy"
                        + " class=\"com.cloudbees.hudson.plugins.folder.computed.DefaultOrphanedItemStrategy\">"
                        + "<pruneDeadBranches>true</pruneDeadBranches><daysToKeep>-1</daysToKeep>"
                        + "<numToKeep>-1</numToKeep></orphanedItemStrategy>"
                        + "</org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject>");
    }

    /** Credentials that only its jobs may use, by an id that the samples name. */
    void credentials(String id, Map<String, String> login) {
        site.jenkins()
                .post(
                        project.path() + "/credentials/store/folder/domain/_/createCredentials",
                        "application/xml",
                        Site.credentialsXml(id, login.get("MZ_USER"), login.get("MZ_PASSWORD"))
                                .replaceFirst("<id>[^<]*</id>", "<id>" + id + "</id>"))
                .good();
    }

    /** Looks at the code host as its webhook would have Jenkins do, and waits for the end; gives the log. */
    String scan() throws InterruptedException {
        String before = scanned();
        site.jenkins().post(project.path() + "/build?delay=0").good();
        Waiting.until(
                "a scan of " + project.name(),
                LONG,
                () -> scanned().startsWith("ended") && !scanned().equals(before));
        String log =
                site.jenkins().get(project.path() + "/indexing/consoleText").good();
        assertThat(log).contains("Finished: SUCCESS");
        return log;
    }

    private String scanned() {
        return site.script("def scan = Jenkins.get().getItemByFullName('" + project.name() + "').computation\n"
                + "print \"${scan.building ? 'runs' : 'ended'} ${scan.timestamp.timeInMillis}\"");
    }

    /** A build that a scan has started or will start at once. */
    Build build(String branch, int number) throws InterruptedException {
        Build build = new Build(job(branch), number);
        Waiting.until(
                build.path() + " starts",
                LONG,
                () -> site.jenkins().get(build.path() + "/api/json").status() == 200);
        return build;
    }

    /** The job of a branch or pull request. */
    Job job(String branch) {
        return new Job(site.jenkins(), project.name() + "/job/" + branch);
    }

    /** The environments on record, each with the job that uses it, one a line. */
    String records() {
        return site.script("new File(Jenkins.get().getItemByFullName('" + project.name()
                + "').rootDir, 'dbt-slim/environments').listFiles()*.withReader('UTF-8') {\n"
                + "def p = new Properties(); p.load(it); p.tag + ' ' + p.job }.sort().each { println it }\nnull");
    }

    /** A build of a branch that its timer starts. */
    Build timer(String branch) throws InterruptedException {
        String number = site.script("def job = Jenkins.get().getItemByFullName('" + project.name() + "/" + branch
                + "')\nprint job.nextBuildNumber\njob.scheduleBuild2(0, new hudson.model.CauseAction("
                + "new hudson.triggers.TimerTrigger.TimerTriggerCause()))\nnull");
        return build(branch, Integer.parseInt(number.strip())).await();
    }

    /** Whether the job of a branch or pull request is there. */
    boolean has(String branch) {
        return site.jenkins().get(job(branch).path() + "/api/json").status() == 200;
    }
}
