package org.kohsuke.accmod.restrictions;

/** Signature of the restriction to the same plugin. */
public class NoExternalUse extends DoNotUse {}
