/**
 * What a build needs, looked at before the build: Python, dbt, adapter, project, profile, database, state and store.
 *
 * <p>Each look gives {@link io.jenkins.plugins.dbtslim.doctor.Finding}s; none changes anything.
 */
package io.jenkins.plugins.dbtslim.doctor;
