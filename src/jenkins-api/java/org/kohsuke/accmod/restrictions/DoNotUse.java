package org.kohsuke.accmod.restrictions;

import org.kohsuke.accmod.AccessRestriction;

/** Signature of the restriction to reflection only. */
public class DoNotUse extends AccessRestriction {}
