package io.jenkins.plugins.dbtslim.jenkins;

import hudson.FilePath;
import hudson.model.TaskListener;
import io.jenkins.plugins.dbtslim.io.VisibleText;
import io.jenkins.plugins.dbtslim.store.Agent;
import io.jenkins.plugins.dbtslim.store.AgentCallable;
import io.jenkins.plugins.dbtslim.store.WithinCallable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Runs callables on the machine where a build's workspace lies. */
public final class WorkspaceAgent implements Agent {
    private final FilePath workspace;
    private final TaskListener listener;

    public WorkspaceAgent(FilePath workspace, TaskListener listener) {
        this.workspace = workspace;
        this.listener = listener;
    }

    @Override
    public <T extends Serializable> T act(AgentCallable<T> callable) throws IOException, InterruptedException {
        return workspace.act(new AgentFileCallable<>(callable, listener));
    }

    /**
     * Where a file of the workspace lies there, after a look that no link of the checkout leads it elsewhere.
     *
     * @param option that names it, for the sentence
     */
    public String within(String path, String option) throws IOException, InterruptedException {
        String file = AgentPaths.child(workspace.getRemote(), path);
        act(new WithinCallable(workspace.getRemote(), file, option));
        return file;
    }

    @Override
    public void send(Path here, String there) throws IOException, InterruptedException {
        FilePath copy = workspace.child(there);
        boolean done = false;
        try {
            new FilePath(here.toFile()).copyTo(copy);
            done = true;
        } finally {
            if (!done) {
                copy.delete();
            }
        }
    }

    @Override
    public void bring(String there, OutputStream here) throws IOException, InterruptedException {
        workspace.child(there).copyTo(here);
    }

    @Override
    public Consumer<String> log() {
        return line -> listener.getLogger().println(VisibleText.line(line));
    }
}
