/** The step {@code dbtDropEnvironment}: removes what change requests left in the database. */
package io.jenkins.plugins.dbtslim.jenkins.step.drop;
