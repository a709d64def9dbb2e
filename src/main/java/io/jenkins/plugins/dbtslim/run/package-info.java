/** The rules that the steps and the command share: words of options, what they mean, and what scripts get back. */
package io.jenkins.plugins.dbtslim.run;
