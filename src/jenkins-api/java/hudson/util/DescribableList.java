package hudson.util;

import hudson.model.Describable;
import hudson.model.Descriptor;

/** Signature of a list of configured things. */
public class DescribableList<T extends Describable<T>, D extends Descriptor<T>> extends PersistedList<T> {
    protected DescribableList() {}
}
