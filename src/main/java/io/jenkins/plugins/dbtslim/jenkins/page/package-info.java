/** What Jenkins shows of runs: the action with its pages and its live view on a build, the trend of a job, and checks. */
package io.jenkins.plugins.dbtslim.jenkins.page;
