package io.jenkins.plugins.dbtslim.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import hudson.Functions;
import hudson.Launcher;
import hudson.LauncherDecorator;
import hudson.Proc;
import hudson.model.Node;
import hudson.model.Slave;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.StepExecutions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * All of a Pipeline's dbt works within a block that decorates the launcher as Docker's plugin does: each process is a {@code
 * docker exec}. The {@code docker} is a script, in whose container alone there is a dbt.
 */
@WithJenkins
class ContainerBlockTest {
    private static JenkinsRule jenkins;
    private static Slave agent;

    @TempDir
    Path folder;

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        assumeFalse(Functions.isWindows(), "containers of these plugins are Linux");
        jenkins = rule;
        agent = rule.createOnlineSlave();
    }

    /** {@code inContainer(docker) { … }}. */
    public static final class ContainerStep extends Step {
        private final String docker;

        @DataBoundConstructor
        public ContainerStep(String docker) {
            this.docker = docker;
        }

        @Override
        public StepExecution start(StepContext context) {
            return StepExecutions.block(context, (ctx, body) -> body.withContext(BodyInvoker.mergeLauncherDecorators(
                            ctx.get(LauncherDecorator.class), new Decorator(docker)))
                    .withCallback(BodyExecutionCallback.wrap(ctx)));
        }

        /** Its name. */
        @TestExtension
        public static final class DescriptorImpl extends StepDescriptor {
            @Override
            public String getFunctionName() {
                return "inContainer";
            }

            @Override
            public boolean takesImplicitBlockArgument() {
                return true;
            }

            @Override
            public Set<? extends Class<?>> getRequiredContext() {
                return Collections.emptySet();
            }
        }
    }

    /** As that of withDockerContainer. */
    private static final class Decorator extends LauncherDecorator implements Serializable {
        private static final long serialVersionUID = 1L;
        private final String docker;

        Decorator(String docker) {
            this.docker = docker;
        }

        @Override
        public Launcher decorate(Launcher launcher, Node node) {
            return new Launcher.DecoratedLauncher(launcher) {
                @Override
                public Proc launch(ProcStarter starter) throws IOException {
                    List<String> prefix = new ArrayList<>(List.of(docker, "exec"));
                    if (starter.pwd() != null) {
                        prefix.addAll(List.of("--workdir", starter.pwd().getRemote()));
                    }
                    for (String variable : starter.envs()) {
                        if (!variable.startsWith("PATH=") && !variable.startsWith("HOME=")) {
                            prefix.addAll(List.of("--env", variable));
                        }
                    }
                    prefix.add("c0ffee");
                    starter.cmds().addAll(0, prefix);
                    boolean[] masks = starter.masks();
                    if (masks != null) {
                        boolean[] longer = new boolean[masks.length + prefix.size()];
                        System.arraycopy(masks, 0, longer, prefix.size(), masks.length);
                        starter.masks(longer);
                    }
                    return super.launch(starter);
                }
            };
        }
    }

    private Path docker() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("image/bin"));
        script(
                bin.resolve("dbt"),
                "[ \"$IN_CONTAINER\" = c0ffee ] || exit 97\nexec '" + folder + "/project/bin/dbt' \"$@\"\n");
        Path docker = folder.resolve("docker");
        script(docker, """
                shift
                vars=""
                while :; do
                  case "$1" in
                    --workdir) cd "$2" || exit 126; shift 2 ;;
                    --env) eval "var$#=\\$2"; vars="$vars \\"\\$var$#\\""; shift 2 ;;
                    *) break ;;
                  esac
                done
                [ "$1" = c0ffee ] || exit 125
                shift
                echo "$1 $2" >> '{folder}/docker.log'
                eval "exec env -i $vars PATH='{folder}/image/bin:/usr/bin:/bin' HOME=/home/nobody IN_CONTAINER=c0ffee \\"\\$@\\""
                """.replace("{folder}", folder.toString()));
        return docker;
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void everyStepWorksThere() throws Exception {
        SampleProject project = SampleProject.in(folder);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(
                "node('" + agent.getNodeName() + "') {\n"
                        + "sh '" + project.checkOut(false) + " && rm -r bin'\n"
                        + "inContainer('" + docker() + "') {\n"
                        + "dbtFetchManifest(from: 'file:" + project.manifest() + "', ifMissing: 'fullBuild')\n"
                        + "def doctor = dbtDoctor()\n"
                        + "def r = dbtSlimBuild()\n"
                        + "echo \"slim build: ${r.status}\"\n"
                        + "dbtPublishManifest('file:" + project.manifest() + "')\n"
                        + "}\n}\n",
                true));
        WorkflowRun run = jenkins.buildAndAssertSuccess(job);
        jenkins.assertLogContains("slim build: success", run);
        assertThat(project.manifest()).exists();
        assertThat(Files.readAllLines(folder.resolve("docker.log")))
                .anyMatch(line -> line.startsWith("python3 "))
                .anyMatch(line -> line.matches("(nohup )?sh.*"));
    }
}
