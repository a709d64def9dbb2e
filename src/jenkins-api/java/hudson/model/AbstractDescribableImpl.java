package hudson.model;

/** Signature of the older base of what has a descriptor. */
public abstract class AbstractDescribableImpl<T extends AbstractDescribableImpl<T>> implements Describable<T> {}
