package org.jenkinsci.remoting;

/** Signature of the check of that direction. */
public abstract class RoleChecker {}
