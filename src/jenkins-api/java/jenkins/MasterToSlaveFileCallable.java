package jenkins;

import jenkins.agents.ControllerToAgentFileCallable;

/** Signature of the base of work on an agent's files. */
public abstract class MasterToSlaveFileCallable<T> implements ControllerToAgentFileCallable<T> {}
