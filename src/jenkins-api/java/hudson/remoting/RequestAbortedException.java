package hudson.remoting;

/** Signature of the loss of a request on an agent's channel. */
public class RequestAbortedException extends RuntimeException {}
