/** How far a running slim build is: brought from the agent every few seconds, and never by a web request. */
package io.jenkins.plugins.dbtslim.jenkins.live;
