package io.jenkins.plugins.dbtslim.store;

import java.io.IOException;
import java.io.Serializable;
import java.util.function.Consumer;

/**
 * A piece of work to be done where the files lie: plain data that travels there, and a plain result that travels back.
 *
 * @param <T> the result, serializable
 */
public interface AgentCallable<T extends Serializable> extends Serializable {
    /** Does it; one line at a time goes to the log. An interrupt ends it within a second. */
    T run(Consumer<String> log) throws IOException, InterruptedException;
}
