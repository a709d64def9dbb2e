/** What lies on the agent for a build, how it is found again, and what ends there. */
package io.jenkins.plugins.dbtslim.jenkins.agent;
