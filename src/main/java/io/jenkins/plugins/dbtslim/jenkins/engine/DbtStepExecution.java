package io.jenkins.plugins.dbtslim.jenkins.engine;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

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
 * <p>All work is done on threads of our own: {@code start} and {@code stop} are called on the Pipeline's thread, which
 * must not wait, and the durable task deletes its files as soon as its end has been reported.
 */
public final class DbtStepExecution extends StepExecution {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(DbtStepExecution.class.getName());
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "dbtSlimBuild");
        thread.setDaemon(true);
        return thread;
    });

    private final DbtStepWork dbt;
    private volatile PreparedRun prepared;
    private volatile StepExecution task;
    private volatile boolean ended;
    private volatile Integer exitStatus;
    private volatile Throwable problem;
    private volatile Throwable stopping;
    private transient volatile Future<?> work;

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
        if (dbt == null) {
            // Stored by a version that knew of no other step than the slim build.
            fail(new AbortException(Messages.DbtStepExecution_tooOld()));
        } else if (ended) {
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
        if (prepared.environment() != null) {
            try {
                EnvironmentLocks.takeAgain(
                        prepared.environment(),
                        key(),
                        getContext().get(Run.class).getFullDisplayName());
            } catch (IOException | InterruptedException e) {
                LOGGER.log(Level.WARNING, "could not take the environment of " + getContext() + " again", e);
            }
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
                .until(() ->
                        dbt.collect(prepared, getContext().get(Run.class), log(), key(), exitStatus, stopping != null));
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
        if (task == null || (ended && again)) {
            Future<?> current = work;
            if (current != null) {
                current.cancel(true);
            }
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

    /** Something to do on a thread of ours. */
    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    private void begin(Work something) {
        work = THREADS.submit(() -> {
            try {
                something.run();
            } catch (Throwable e) {
                fail(e);
            }
        });
    }

    private void fail(Throwable failure) {
        Throwable shown = stopping != null ? stopping : failure;
        if (prepared != null && shown == failure) {
            shown = prepared.secrets().hide(failure);
        }
        try {
            EnvironmentLocks.release(key());
        } catch (IOException | InterruptedException e) {
            LOGGER.log(Level.FINE, "the build is gone", e);
        }
        getContext().onFailure(shown);
    }

    private static Exception asException(Throwable cause) {
        return cause instanceof Exception exception ? exception : new IOException(cause);
    }

    @Override
    public String getStatus() {
        if (ended) {
            return "reading dbt's results";
        }
        return task == null ? "preparing" : task.getStatus();
    }
}
