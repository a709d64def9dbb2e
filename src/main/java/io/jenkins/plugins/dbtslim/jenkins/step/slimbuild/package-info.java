/** The step {@code dbtSlimBuild}: its options, form, freestyle build step, and what a run means for the build. */
package io.jenkins.plugins.dbtslim.jenkins.step.slimbuild;
