package io.jenkins.plugins.dbtslim.jenkins.build;

import java.io.Serializable;

/**
 * What a report tells of the options of its run.
 *
 * @param select what was asked for
 * @param exclude what was not, or null
 * @param target dbt target, or null
 * @param deferred whether unbuilt parents were read from production
 * @param location where production's manifest was fetched from, or null
 * @param commit of the sources, or null
 */
record ReportFacts(String select, String exclude, String target, boolean deferred, String location, String commit)
        implements Serializable {
    private static final long serialVersionUID = 1L;
}
