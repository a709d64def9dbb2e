package org.jenkinsci.remoting;

/** Signature of what is allowed in one direction only. */
public interface RoleSensitive {
    void checkRoles(RoleChecker checker) throws SecurityException;
}
