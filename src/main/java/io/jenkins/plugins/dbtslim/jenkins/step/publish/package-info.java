/** The step {@code dbtPublishManifest}. */
package io.jenkins.plugins.dbtslim.jenkins.step.publish;
