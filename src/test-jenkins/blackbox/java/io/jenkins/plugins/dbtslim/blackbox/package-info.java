/**
 * The plugin in a running Jenkins, seen from outside, by HTTP and command line only: {@code mvn -B -Pblackbox verify
 * -Djenkins.url=http://host:port}. Further options:
 *
 * <ul>
 *   <li>{@code -Djenkins.user=… -Djenkins.token=…}: an administrator and an API token or password;
 *   <li>{@code -Djenkins.restart="…"}: a shell command that kills the controller hard, starts it again and returns; without
 *       it, the tests of that are skipped;
 *   <li>{@code -Ddbt.venv=DIR}: a Python environment with dbt and dbt-duckdb on the agent, instead of the stand-in for dbt;
 *   <li>{@code -Djenkins.keep=true}: leave jobs and credentials for a look.
 * </ul>
 *
 * <p>The agents must be on this machine, because the S3 server of the tests listens on loopback, and need Python 3.
 */
package io.jenkins.plugins.dbtslim.blackbox;
