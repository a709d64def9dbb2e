/** What administrators set for all jobs. */
package io.jenkins.plugins.dbtslim.jenkins.config;
