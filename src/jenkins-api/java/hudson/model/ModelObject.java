package hudson.model;

/** Signature of what has a name to show. */
public interface ModelObject {
    String getDisplayName();
}
