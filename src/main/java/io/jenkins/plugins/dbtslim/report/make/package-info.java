/** Makes the report of a run or of a comparison from manifests, the comparison of states and what dbt left. */
package io.jenkins.plugins.dbtslim.report.make;
