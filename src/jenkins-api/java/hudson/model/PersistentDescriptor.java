package hudson.model;

import jenkins.model.Loadable;

/** Signature of a descriptor that loads itself. */
public interface PersistentDescriptor extends Loadable, Saveable {
    void load();
}
