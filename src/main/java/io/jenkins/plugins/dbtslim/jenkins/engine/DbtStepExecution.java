package io.jenkins.plugins.dbtslim.jenkins.engine;

import hudson.EnvVars;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.agent.AgentFolder;
import io.jenkins.plugins.dbtslim.jenkins.agent.AgentRetry;
import io.jenkins.plugins.dbtslim.jenkins.agent.OrphanCleanupCallable;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.GeneralNonBlockingStepExecution;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A running step whose work dbt does. It passes through three phases, and what is stored tells after a restart of the
 * controller in which one it was:
 *
 * <ol>
 *   <li>preparing ({@code task} is null): nothing runs yet, so it is simply done again;
 *   <li>dbt runs ({@code task} is set): Jenkins' durable task watches it, and goes on to do so;
 *   <li>collecting ({@code ended} is true): results are read and the report is attached under this step's own id, so that
 *       doing it twice attaches it once.
 * </ol>
 *
 * <p>All work is done on the pool that Pipeline has for its steps, with the build's identity: {@code start} and
 * {@code stop} are called on the Pipeline's thread, which must not wait, and the durable task deletes its files as soon as
 * its end has been reported.
 */
@Restricted(NoExternalUse.class)
public final class DbtStepExecution extends GeneralNonBlockingStepExecution {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(DbtStepExecution.class.getName());

    private final DbtStepWork dbt;
    private volatile PreparedRun prepared;
    private volatile StepExecution task;
    private volatile boolean ended;
    private volatile Integer exitStatus;
    private volatile Throwable problem;
    private volatile Throwable stopping;
    /** The thread that prepares or collects, so that an abort can interrupt it. */
    private transient volatile Thread worker;

    public DbtStepExecution(StepContext context, DbtStepWork dbt) {
        super(context);
        this.dbt = dbt;
    }

    @Override
    public boolean start() {
        begin(this::launch);
        return false;
    }

    @Override
    public void onResume() {
        LOGGER.log(Level.FINE, "{0} goes on; ended: {1}", new Object[] {getContext(), ended});
        if (ended) {
            begin(this::collect);
        } else if (task == null) {
            begin(this::launch);
        } else {
            takeEnvironmentAgain();
            task.onResume();
            begin(this::watch);
            if (stopping != null) {
                begin(this::stopTask);
            }
        }
    }

    private void takeEnvironmentAgain() {
        try {
            EnvironmentLocks.takeAgain(prepared.environments(), key());
        } catch (IOException | InterruptedException e) {
            LOGGER.log(Level.WARNING, "could not take the environment of " + getContext() + " again", e);
        }
    }

    private void launch() throws Exception {
        if (prepared != null) {
            endOrphan();
        }
        if (stopping != null) {
            throw asException(stopping);
        }
        prepared = dbt.prepare(StepSite.of(getContext()), key());
        if (!prepared.startsDbt()) {
            ended = true;
            exitStatus = 0;
            collect();
            return;
        }
        // Or a crash before the next save would leave a dbt of which nobody knows.
        save();
        StepExecution started = prepared.task().start(new DurableTaskContext(this, prepared.secrets()));
        task = started;
        if (started.start()) {
            throw new IllegalStateException("the durable task ended as it began");
        }
        save();
        watch();
        if (stopping != null) {
            stopTask();
        }
    }

    private void watch() throws IOException, InterruptedException {
        ProgressView.begin(getContext().get(Run.class), prepared);
    }

    /** The durable task's end: on its thread, on a channel's, on a timer's or on the Pipeline's. */
    void taskEnded(Integer status, Throwable failure) {
        LOGGER.log(Level.FINE, failure, () -> "dbt ended with " + status + " in " + getContext());
        exitStatus = status;
        problem = failure;
        ended = true;
        begin(() -> {
            save();
            collect();
        });
    }

    private void endOrphan() throws Exception {
        AgentFolder folder = prepared.folder();
        if (new AgentRetry(folder, log()).until(() -> folder.find().act(new OrphanCleanupCallable()))) {
            log().println("dbt had just been started when the controller went down; it was ended, to be started again");
        }
    }

    private PrintStream log() throws IOException, InterruptedException {
        return getContext().get(TaskListener.class).getLogger();
    }

    private StepKey key() throws IOException, InterruptedException {
        return new StepKey(
                getContext().get(Run.class).getExternalizableId(),
                getContext().get(FlowNode.class).getId());
    }

    private void collect() throws Exception {
        DbtStepResult result = new AgentRetry(prepared.folder(), log())
                .until(() -> dbt.collect(
                        prepared,
                        getContext().get(Run.class),
                        getContext().get(TaskListener.class),
                        key(),
                        exitStatus,
                        stopping != null));
        if (stopping != null) {
            throw asException(stopping);
        }
        if (exitStatus == null) {
            throw asException(problem);
        }
        result.conclude(getContext());
    }

    @Override
    public void stop(Throwable cause) {
        boolean again = stopping != null;
        stopping = cause;
        LOGGER.log(Level.FINE, "{0} is to stop; ended: {1}", new Object[] {getContext(), ended});
        if (task == null || (ended && again)) {
            interruptWorker();
        } else if (!ended) {
            begin(() -> {
                // Or the abort would be forgotten by a crash before the process has ended.
                save();
                stopTask();
            });
        }
    }

    private void stopTask() throws Exception {
        task.stop(stopping);
    }

    private void save() throws InterruptedException {
        try {
            getContext().saveState().get(10, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOGGER.log(Level.WARNING, "could not save " + getContext(), e);
        }
    }

    /** What starts it may be the Pipeline's thread or the durable task's, which is nobody in particular. */
    private void begin(Block work) {
        try (ACLContext build = ACL.as2(getContext().get(FlowExecution.class).getAuthentication2())) {
            run(() -> {
                Thread thread = Thread.currentThread();
                worker = thread;
                try {
                    work.run();
                } catch (Throwable e) {
                    fail(e);
                } finally {
                    endWorker(thread);
                }
            });
        } catch (IOException | InterruptedException e) {
            fail(e);
        }
    }

    private synchronized void interruptWorker() {
        if (worker != null) {
            worker.interrupt();
        }
    }

    /** The pool's thread goes on to other work, which no abort of this step may reach. */
    private synchronized void endWorker(Thread thread) {
        if (worker == thread) {
            worker = null;
        }
        Thread.interrupted();
    }

    private void fail(Throwable failure) {
        Throwable shown = stopping != null ? stopping : failure;
        if (prepared != null && shown == failure) {
            shown = prepared.secrets().hide(failure);
        }
        tell(shown);
        try {
            EnvironmentLocks.release(key());
        } catch (IOException | InterruptedException e) {
            LOGGER.log(Level.FINE, "the build is gone", e);
        }
        getContext().onFailure(shown);
    }

    /** The run has a page of its own, also if it never came to dbt. */
    private void tell(Throwable failure) {
        try {
            dbt.failed(site(), key(), sentence(failure), stopping != null);
        } catch (IOException | InterruptedException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "cannot note on its page why " + getContext() + " failed");
        }
    }

    private String sentence(Throwable failure) {
        if (stopping == null) {
            return failure.getMessage() == null ? failure.toString() : failure.getMessage();
        }
        return task == null ? Messages.DbtStepExecution_notBegun() : Messages.DbtStepExecution_lost();
    }

    /** Of a step whose node is gone only the build is left. */
    private StepSite site() throws IOException, InterruptedException {
        try {
            return StepSite.of(getContext());
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "the node of " + getContext() + " is gone");
            return StepSite.of(
                    getContext().get(Run.class),
                    null,
                    new EnvVars(),
                    null,
                    getContext().get(TaskListener.class));
        }
    }

    private static Exception asException(Throwable cause) {
        return cause instanceof Exception exception ? exception : new IOException(cause);
    }

    /** It goes on after a restart wherever it is. */
    @Override
    public boolean blocksRestart() {
        return false;
    }

    @Override
    public String getStatus() {
        if (ended) {
            return "reading dbt's results";
        }
        return task == null ? "preparing" : task.getStatus();
    }
}
