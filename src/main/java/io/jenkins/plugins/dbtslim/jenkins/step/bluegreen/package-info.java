/** The steps of a blue/green deployment: {@code dbtBlueGreenPrepare}, {@code dbtBlueGreenPromote}, {@code dbtBlueGreenCleanup}. */
package io.jenkins.plugins.dbtslim.jenkins.step.bluegreen;
