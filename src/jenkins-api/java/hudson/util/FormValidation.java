package hudson.util;

import java.io.IOException;
import org.kohsuke.stapler.HttpResponse;

/** Signature of the answer to a form check. */
public abstract class FormValidation extends IOException implements HttpResponse {
    public static FormValidation error(String message) {
        return of(Kind.ERROR, message);
    }

    public static FormValidation ok(String message) {
        return of(Kind.OK, message);
    }

    public static FormValidation ok() {
        return of(Kind.OK, null);
    }

    public static FormValidation validatePositiveInteger(String value) {
        throw new UnsupportedOperationException();
    }

    public final Kind kind;

    private FormValidation(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    private static FormValidation of(Kind kind, String message) {
        return new FormValidation(kind, message) {};
    }

    /** Signature of the kinds of an answer. */
    public enum Kind {
        OK,
        WARNING,
        ERROR;
    }
}
