package hudson.model;

import edu.umd.cs.findbugs.annotations.NonNull;
import jenkins.model.Loadable;
import org.kohsuke.stapler.HttpResponse;

/** Signature of the singleton beside each configurable type. */
public abstract class Descriptor<T extends Describable<T>> implements Loadable, Saveable {
    public final Class<? extends T> clazz;

    protected Descriptor(Class<? extends T> clazz) {
        this.clazz = clazz;
    }

    @SuppressWarnings("unchecked")
    protected Descriptor() {
        this.clazz = (Class<T>) getClass().getEnclosingClass();
    }

    public @NonNull String getDisplayName() {
        throw new UnsupportedOperationException();
    }

    public String getId() {
        throw new UnsupportedOperationException();
    }

    public final boolean isInstance(T instance) {
        throw new UnsupportedOperationException();
    }

    protected void addHelpFileRedirect(
            String fieldName, Class<? extends Describable> owner, String fieldNameToRedirectTo) {
        // no page is made in tests
    }

    public void save() {
        // nothing is stored in tests
    }

    public void load() {
        // nothing is stored in tests
    }

    public static <T> T[] toArray(T... values) {
        throw new UnsupportedOperationException();
    }

    /** Signature of the refusal of a submitted form. */
    public static final class FormException extends Exception implements HttpResponse {
        public FormException(String message, String formField) {
            super(message);
        }

        public FormException(String message, Throwable cause, String formField) {
            super(message);
        }

        public FormException(Throwable cause, String formField) {}

        public String getFormField() {
            throw new UnsupportedOperationException();
        }
    }
}
