package io.jenkins.plugins.dbtslim.manifest;

import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.io.VisibleText;

/** A manifest that cannot be used; the message is one sentence that names the file, what is wrong and what to do. */
public class ManifestException extends UserException {
    /** What to do with a file that is none. */
    static final String RIGHT_FILE = "; give the manifest.json of dbt's target folder";

    /** What to do with one that is damaged. */
    static final String AGAIN = "; fetch or write it again";

    private static final int LONGEST = 200;

    private static final long serialVersionUID = 1L;

    public ManifestException(String message) {
        super(message);
    }

    public ManifestException(String message, Throwable cause) {
        super(message, cause);
    }

    /** A text from the file as it may stand in a sentence: no control characters, and not long. */
    static String shown(String text) {
        String plain = VisibleText.line(text);
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…";
    }
}
