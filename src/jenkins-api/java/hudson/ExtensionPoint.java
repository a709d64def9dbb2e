package hudson;

/** Signature of Jenkins' marker of types that extensions implement. */
public interface ExtensionPoint {}
