package io.jenkins.plugins.dbtslim.jenkins.build;

import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Proc;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.dbtslim.jenkins.BuildSite;
import io.jenkins.plugins.dbtslim.jenkins.OptionsBuilder;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** The slim build as a freestyle build step. */
public final class BuildBuilder extends OptionsBuilder {
    private final BuildStep options;

    @DataBoundConstructor
    public BuildBuilder(BuildStep options) {
        this.options = options;
    }

    /** The options, which are those of the Pipeline step. */
    public BuildStep getOptions() {
        return options;
    }

    @Override
    public void perform(Run<?, ?> run, FilePath workspace, EnvVars env, Launcher launcher, TaskListener listener)
            throws InterruptedException, IOException {
        BuildSite site = new BuildSite(run, workspace, env, launcher, listener);
        StepKey key = new StepKey(run.getExternalizableId(), UUID.randomUUID().toString());
        Collecting end = new Collecting(options, run, site.log(), key);
        try {
            PreparedRun prepared = new Preparing(options, site, key).prepare();
            end.collect(prepared, execute(prepared, site, end), false).conclude(run);
        } finally {
            RunningEnvironments.release(key);
        }
    }

    private static int execute(PreparedRun prepared, BuildSite site, Collecting end)
            throws IOException, InterruptedException {
        EnvVars variables = new EnvVars(site.env());
        variables.putAll(prepared.secrets().plain());
        try (OutputStream log = prepared.secrets().decorate(new CloseShield(site.log()))) {
            Proc driver = site.launcher()
                    .launch()
                    .cmds(prepared.command())
                    .envs(variables)
                    .pwd(site.workspace())
                    .stdout(log)
                    .quiet(true)
                    .start();
            ProgressView.begin(site.run(), prepared);
            return await(driver, prepared, end);
        }
    }

    /** Waits on another thread than the one that an abort interrupts: Jenkins would kill dbt before it can write its results. */
    private static int await(Proc driver, PreparedRun prepared, Collecting end)
            throws IOException, InterruptedException {
        FutureTask<Integer> exit = new FutureTask<>(driver::join);
        Thread waiting = new Thread(exit, "dbtSlimBuild");
        waiting.setDaemon(true);
        waiting.start();
        try {
            return exit.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            end.interrupt(prepared);
            if (driver.isAlive()) {
                driver.kill();
            }
            end.collect(prepared, null, true);
            throw e;
        }
    }

    /** Keeps the build's log open when the masking stream before it is closed. */
    private static final class CloseShield extends FilterOutputStream {
        CloseShield(OutputStream log) {
            super(log);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    /** Offers it in freestyle jobs. */
    @Extension
    @Symbol("dbtSlimBuild")
    public static final class DescriptorImpl extends OptionsBuilderDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.BuildStep_displayName();
        }
    }
}
