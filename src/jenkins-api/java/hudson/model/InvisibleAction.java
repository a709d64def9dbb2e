package hudson.model;

/** Signature of an action that shows nowhere. */
public abstract class InvisibleAction implements Action {
    public final String getIconFileName() {
        throw new UnsupportedOperationException();
    }

    public final String getDisplayName() {
        throw new UnsupportedOperationException();
    }

    public String getUrlName() {
        throw new UnsupportedOperationException();
    }
}
