/** The plugin in a running Jenkins, seen from outside: by HTTP and command line only. */
package io.jenkins.plugins.dbtslim.blackbox;
