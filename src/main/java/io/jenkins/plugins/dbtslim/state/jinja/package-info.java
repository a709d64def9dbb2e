/** As much of Jinja as it takes to read the arguments of a {@code config()} call without running it. */
package io.jenkins.plugins.dbtslim.state.jinja;
