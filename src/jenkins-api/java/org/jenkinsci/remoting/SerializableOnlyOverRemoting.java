package org.jenkinsci.remoting;

import java.io.Serializable;

/** Signature of what travels through a channel and is never stored. */
public interface SerializableOnlyOverRemoting extends Serializable {}
