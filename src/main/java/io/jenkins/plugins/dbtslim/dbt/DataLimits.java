package io.jenkins.plugins.dbtslim.dbt;

import io.jenkins.plugins.dbtslim.io.UserException;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much of the data that a build made is compared with production's.
 *
 * @param models compared at most, those that were modified first
 * @param seconds for all of them
 * @param rows of one model; of a bigger one the rows with the first keys are compared
 * @param samples whether rows that changed are brought along
 */
public record DataLimits(int models, int seconds, int rows, boolean samples) implements Serializable {
    /** What is compared where nothing else is said. */
    public static final DataLimits DEFAULTS = new DataLimits(50, 300, 10_000_000, false);

    /**
     * Refuses what would compare nothing.
     *
     * @throws UserException one sentence, if a limit is not above zero
     */
    public DataLimits checked() throws UserException {
        if (models < 1 || seconds < 1 || rows < 1) {
            throw new UserException(
                    "The limits for comparing data (models, seconds, rows) have to be above 0: to compare none, leave"
                            + " compareData (--compare-data) out.");
        }
        return this;
    }

    /** For the driver. */
    Map<String, Object> fields() {
        return new TreeMap<>(Map.of("models", models, "seconds", seconds, "rows", rows, "samples", samples));
    }
}
