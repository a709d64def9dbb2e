package org.kohsuke.stapler;

/** Signature of what stands in the path before another object. */
public interface StaplerProxy {
    Object getTarget();
}
