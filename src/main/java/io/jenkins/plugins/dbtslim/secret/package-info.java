/** What a secret looks like in a text, and the mask that hides each of its forms. */
package io.jenkins.plugins.dbtslim.secret;
