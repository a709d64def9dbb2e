package io.jenkins.plugins.dbtslim.state.jinja;

/** Code that is no Jinja, or more of it than is read here. */
final class JinjaException extends Exception {
    private static final long serialVersionUID = 1L;

    JinjaException(String message) {
        super(message);
    }
}
