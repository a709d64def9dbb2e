package com.cloudbees.plugins.credentials.common;

/** Signature of the usual credentials with a user name. */
public interface StandardUsernameCredentials extends StandardCredentials, UsernameCredentials {}
