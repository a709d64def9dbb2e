/** What the steps that run dbt have in common. */
package io.jenkins.plugins.dbtslim.jenkins.dbt;
