package io.jenkins.plugins.dbtslim.dbt;

import com.fasterxml.jackson.core.JsonGenerator;
import io.jenkins.plugins.dbtslim.io.UserException;
import java.io.IOException;
import java.io.Serializable;

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
    void writeTo(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("models", models);
        json.writeNumberField("seconds", seconds);
        json.writeNumberField("rows", rows);
        json.writeBooleanField("samples", samples);
        json.writeEndObject();
    }
}
