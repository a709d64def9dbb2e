/** The step {@code dbtFetchManifest}. */
package io.jenkins.plugins.dbtslim.jenkins.step.fetch;
