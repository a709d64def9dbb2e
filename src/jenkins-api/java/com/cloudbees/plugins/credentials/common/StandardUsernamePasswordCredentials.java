package com.cloudbees.plugins.credentials.common;

/** Signature of the usual credentials with user name and password. */
public interface StandardUsernamePasswordCredentials extends StandardUsernameCredentials, UsernamePasswordCredentials {}
