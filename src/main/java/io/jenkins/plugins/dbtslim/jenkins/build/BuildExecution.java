package io.jenkins.plugins.dbtslim.jenkins.build;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.dbtslim.jenkins.BuildSite;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
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
 * A running {@code dbtSlimBuild}. It passes through three phases, and what is stored tells after a restart of the
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
final class BuildExecution extends StepExecution {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(BuildExecution.class.getName());
    private static final int PATIENCE_MINUTES = 30;
    private static final int PAUSE_MILLIS = 3000;
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "dbtSlimBuild");
        thread.setDaemon(true);
        return thread;
    });

    private final BuildStep step;
    private volatile PreparedRun prepared;
    private volatile StepExecution task;
    private volatile boolean ended;
    private volatile Integer exitStatus;
    private volatile Throwable problem;
    private volatile Throwable stopping;
    private transient volatile Future<?> work;

    BuildExecution(StepContext context, BuildStep step) {
        super(context);
        this.step = step;
    }

    @Override
    public boolean start() {
        begin(this::launch);
        return false;
    }

    @Override
    public void onResume() {
        if (ended) {
            begin(this::collect);
        } else if (task == null) {
            begin(this::launch);
        } else {
            task.onResume();
            if (stopping != null) {
                begin(this::stopTask);
            }
        }
    }

    private void launch() throws Exception {
        if (stopping != null) {
            throw asException(stopping);
        }
        prepared = run().prepare();
        DriverTask driver = new DriverTask(prepared.script(), prepared.isUnix());
        StepExecution started = driver.start(new DbtContext(this, prepared.secrets()));
        task = started;
        if (started.start()) {
            throw new IllegalStateException("the durable task ended as it began");
        }
        save();
        if (stopping != null) {
            stopTask();
        }
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

    private BuildRun run() throws IOException, InterruptedException {
        BuildSite site = BuildSite.of(getContext());
        if (site.workspace() == null) {
            throw new ClosedChannelException();
        }
        return new BuildRun(step, site, key());
    }

    private String key() throws IOException, InterruptedException {
        return getContext().get(Run.class).getExternalizableId() + ":"
                + getContext().get(FlowNode.class).getId();
    }

    /** Collects, and waits for an agent that is away meanwhile. */
    private BuildResult collectPatiently() throws Exception {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
        boolean told = false;
        while (true) {
            try {
                return run().collect(prepared, exitStatus, stopping != null);
            } catch (Exception e) {
                if (!LostAgent.isMeantBy(e) || System.nanoTime() > deadline) {
                    throw e;
                }
                if (!told) {
                    getContext()
                            .get(TaskListener.class)
                            .getLogger()
                            .println("The agent is away; dbt's results lie there in " + prepared.folder()
                                    + ". Waiting for it.");
                    told = true;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    private void collect() throws Exception {
        BuildResult result = collectPatiently();
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
            RunningEnvironments.release(key());
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
