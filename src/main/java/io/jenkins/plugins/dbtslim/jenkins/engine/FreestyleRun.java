package io.jenkins.plugins.dbtslim.jenkins.engine;

import hudson.EnvVars;
import hudson.Proc;
import hudson.model.Computer;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.secret.SecretMask;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Runs dbt as a build step of a freestyle job, which lives no longer than the controller. */
@Restricted(NoExternalUse.class)
public final class FreestyleRun {
    private static final Logger LOGGER = Logger.getLogger(FreestyleRun.class.getName());
    private final DbtStepWork work;
    private final StepSite site;
    private final StepKey key;
    private SecretMask mask = new SecretMask(List.of());

    private FreestyleRun(DbtStepWork work, StepSite site) {
        this.work = work;
        this.site = site;
        this.key =
                new StepKey(site.run().getExternalizableId(), UUID.randomUUID().toString());
    }

    /** Does all of it. */
    public static void perform(DbtStepWork work, StepSite site) throws IOException, InterruptedException {
        FreestyleRun run = new FreestyleRun(work, site);
        try {
            PreparedRun prepared = work.prepare(site, run.key);
            run.mask = prepared.secrets().mask();
            int status = prepared.startsDbt() ? run.execute(prepared) : 0;
            run.collect(prepared, status, false).conclude(site);
        } catch (InterruptedException e) {
            run.tell(Messages.DbtStepExecution_notBegun(), true);
            throw e;
        } catch (IOException | RuntimeException e) {
            run.tell(e.getMessage() == null ? e.toString() : e.getMessage(), false);
            throw e;
        } finally {
            EnvironmentLocks.release(run.key);
        }
    }

    /** The run has a page of its own, also if it never came to dbt. */
    private void tell(String sentence, boolean aborted) {
        try {
            work.failed(site, key, mask.mask(sentence), aborted);
        } catch (IOException | InterruptedException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "cannot note on its page why a run of " + site.run() + " failed");
        }
    }

    private DbtStepResult collect(PreparedRun prepared, Integer exitStatus, boolean aborted)
            throws IOException, InterruptedException {
        return work.collect(prepared, site.run(), site.listener(), key, exitStatus, aborted);
    }

    private int execute(PreparedRun prepared) throws IOException, InterruptedException {
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
            return await(driver, prepared);
        }
    }

    /** Waits on another thread than the one that an abort interrupts: Jenkins would kill dbt before it can write its results. */
    private int await(Proc driver, PreparedRun prepared) throws IOException, InterruptedException {
        Future<Integer> exit = Computer.threadPoolForRemoting.submit(driver::join);
        try {
            return exit.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            prepared.endDriver(site.log(), true);
            if (driver.isAlive()) {
                driver.kill();
            }
            collect(prepared, null, true);
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
}
