package io.jenkins.plugins.dbtslim.store;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Runs callables where the files lie, on this very machine or on an agent, and sends files of this side there. */
public interface Agent {
    /** Runs the callable there, waits, and brings its result. */
    <T extends Serializable> T act(AgentCallable<T> callable) throws IOException, InterruptedException;

    /**
     * Copies a file of this side to there.
     *
     * @param there absolute path; it does not exist, and does not either when the copy fails
     */
    void send(Path here, String there) throws IOException, InterruptedException;

    /**
     * Copies a file from there to this side.
     *
     * @param there absolute path
     * @param here gets its bytes and stays open
     */
    void bring(String there, OutputStream here) throws IOException, InterruptedException;

    /** The log of the callables and of those who send them. */
    Consumer<String> log();

    /** Runs all callables right here. */
    static Agent local(Consumer<String> log) {
        return new Agent() {
            @Override
            public <T extends Serializable> T act(AgentCallable<T> callable) throws IOException, InterruptedException {
                return callable.run(log);
            }

            @Override
            public void send(Path here, String there) throws IOException {
                Path copy = Path.of(there);
                Files.createDirectories(copy.resolveSibling(""));
                Files.copy(here, copy);
            }

            @Override
            public void bring(String there, OutputStream here) throws IOException {
                Files.copy(Path.of(there), here);
            }

            @Override
            public Consumer<String> log() {
                return log;
            }
        };
    }
}
