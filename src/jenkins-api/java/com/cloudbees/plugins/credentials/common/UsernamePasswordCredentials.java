package com.cloudbees.plugins.credentials.common;

/** Signature of credentials with both. */
public interface UsernamePasswordCredentials extends UsernameCredentials, PasswordCredentials {}
