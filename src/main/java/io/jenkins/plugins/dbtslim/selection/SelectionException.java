package io.jenkins.plugins.dbtslim.selection;

import io.jenkins.plugins.dbtslim.io.UserException;

/** A selection that dbt refuses too; the message is one sentence that names the word. */
public class SelectionException extends UserException {
    private static final long serialVersionUID = 1L;

    private final String dbtError;

    /** A refusal: dbt's class of exception, and one sentence. */
    public SelectionException(String dbtError, String message) {
        super(message);
        this.dbtError = dbtError;
    }

    /** The class of exception that dbt raises in the same case, such as {@code InvalidSelectorError}. */
    public String dbtError() {
        return dbtError;
    }
}
