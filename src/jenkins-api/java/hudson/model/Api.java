package hudson.model;

/** Signature of an object's remote API. */
public class Api {
    public Api(Object bean) {}
}
