package org.jenkinsci.plugins.workflow.steps;

/** Signature of something missing around a step. */
public class MissingContextVariableException extends Exception {}
