package hudson.remoting;

import java.io.IOException;

/** Signature of the loss of an agent's channel. */
public class ChannelClosedException extends IOException {}
