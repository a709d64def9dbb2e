/** The pages of a slim build. */
package io.jenkins.plugins.dbtslim.jenkins.report;
