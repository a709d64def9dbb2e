/** What came of a run of dbt: how it stands and ended, results, events and what is left, as the driver wrote them. */
package io.jenkins.plugins.dbtslim.dbt.result;
