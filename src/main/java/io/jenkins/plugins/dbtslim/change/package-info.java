/** Which change request, branch and commit a run is of: what checkout and environment tell, and which tags are its own. */
package io.jenkins.plugins.dbtslim.change;
