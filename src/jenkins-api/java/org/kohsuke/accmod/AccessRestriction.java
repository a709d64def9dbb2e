package org.kohsuke.accmod;

/** Signature of a restriction of use. */
public abstract class AccessRestriction {}
