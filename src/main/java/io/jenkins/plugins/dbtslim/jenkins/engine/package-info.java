/** What every step that runs dbt does: prepares the run, starts dbt as a durable task, collects what came of it. */
package io.jenkins.plugins.dbtslim.jenkins.engine;
