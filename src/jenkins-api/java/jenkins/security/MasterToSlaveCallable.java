package jenkins.security;

import jenkins.agents.ControllerToAgentCallable;

/** Signature of the base of work on an agent. */
public abstract class MasterToSlaveCallable<V, T extends Throwable> implements ControllerToAgentCallable<V, T> {}
