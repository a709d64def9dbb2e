package io.jenkins.plugins.dbtslim.report.data;

import io.jenkins.plugins.dbtslim.io.UserException;

/** A report file that cannot be used; the message is one sentence that names the file, what is wrong and what to do. */
public class ReportException extends UserException {
    private static final long serialVersionUID = 1L;

    public ReportException(String message) {
        super(message);
    }

    public ReportException(String message, Throwable cause) {
        super(message, cause);
    }
}
