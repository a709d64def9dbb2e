package io.jenkins.plugins.dbtslim.io;

/** The files that dbt writes, by the names that dbt gives them. */
public final class Artifacts {
    public static final String MANIFEST = "manifest.json";
    public static final String RUN_RESULTS = "run_results.json";

    private Artifacts() {}
}
