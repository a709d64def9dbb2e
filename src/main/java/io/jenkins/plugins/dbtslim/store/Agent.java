package io.jenkins.plugins.dbtslim.store;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Brings errands, and files of this side, to where the files lie: to this very machine, or to an agent. */
public interface Agent {
    /** Runs the errand there, waits, and brings its result. */
    <T extends Serializable> T carry(AgentCallable<T> errand) throws IOException, InterruptedException;

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

    /** The log of the errands and of those who send them. */
    Consumer<String> log();

    /** Runs all errands right here. */
    static Agent local(Consumer<String> log) {
        return new Agent() {
            @Override
            public <T extends Serializable> T carry(AgentCallable<T> errand) throws IOException, InterruptedException {
                return errand.run(log);
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
