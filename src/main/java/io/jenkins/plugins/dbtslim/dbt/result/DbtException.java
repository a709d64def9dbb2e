package io.jenkins.plugins.dbtslim.dbt.result;

import io.jenkins.plugins.dbtslim.io.UserException;

/** dbt cannot be run, or what it left cannot be read; the message is one sentence that says where and what to do. */
public class DbtException extends UserException {
    private static final long serialVersionUID = 1L;

    public DbtException(String message) {
        super(message);
    }

    public DbtException(String message, Throwable cause) {
        super(message, cause);
    }
}
