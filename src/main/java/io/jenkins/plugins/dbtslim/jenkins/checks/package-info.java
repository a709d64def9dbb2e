/** The result as a check at the commit, where the Checks API plugin is installed. */
package io.jenkins.plugins.dbtslim.jenkins.checks;
