/** The step {@code dbtSlimBuild}: prepares the run, starts dbt as a durable task, collects what came of it. */
package io.jenkins.plugins.dbtslim.jenkins.build;
