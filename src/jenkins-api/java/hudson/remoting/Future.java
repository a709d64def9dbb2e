package hudson.remoting;

/** Signature of the result of work sent through a channel. */
public interface Future<V> extends java.util.concurrent.Future<V> {}
