/** Named dbt tools of the global configuration, and how they get onto an agent. */
package io.jenkins.plugins.dbtslim.jenkins.tool;
