package io.jenkins.plugins.dbtslim;

/** The root of our packages, for tests that look at all rooms. */
final class Rooms {
    static final String BASE = "io.jenkins.plugins.dbtslim";

    private Rooms() {}
}
