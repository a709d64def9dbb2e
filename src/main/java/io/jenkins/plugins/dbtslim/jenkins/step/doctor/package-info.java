/** The step {@code dbtDoctor}: whether a build would find what it needs. */
package io.jenkins.plugins.dbtslim.jenkins.step.doctor;
