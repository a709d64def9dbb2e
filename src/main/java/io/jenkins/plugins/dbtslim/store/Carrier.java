package io.jenkins.plugins.dbtslim.store;

import java.io.IOException;
import java.io.Serializable;
import java.util.function.Consumer;

/** Brings errands to where the files lie: to this very machine, or to an agent. */
public interface Carrier {
    /** Runs the errand there, waits, and brings its result. */
    <T extends Serializable> T carry(Errand<T> errand) throws IOException, InterruptedException;

    /** The log of the errands and of those who send them. */
    Consumer<String> log();

    /** Runs all errands right here. */
    static Carrier local(Consumer<String> log) {
        return new Carrier() {
            @Override
            public <T extends Serializable> T carry(Errand<T> errand) throws IOException, InterruptedException {
                return errand.run(log);
            }

            @Override
            public Consumer<String> log() {
                return log;
            }
        };
    }
}
