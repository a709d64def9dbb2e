/** What slim builds did from build to build, on the page of their job. */
package io.jenkins.plugins.dbtslim.jenkins.trend;
