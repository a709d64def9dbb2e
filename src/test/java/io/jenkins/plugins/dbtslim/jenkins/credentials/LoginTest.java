package io.jenkins.plugins.dbtslim.jenkins.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.util.Secret;
import org.junit.jupiter.api.Test;

/** The log-in of a code host as git wants it in an address. */
class LoginTest {
    @Test
    void anAddressHoldsUserAndTokenEncoded() {
        assertThat(ofAddress("me@here", "to ken/+")).isEqualTo("me%40here:to%20ken%2F%2B");
        assertThat(ofAddress("", "token")).isEqualTo("token");
    }

    private static String ofAddress(String user, String password) {
        return new Login(user, Secret.fromString(password)).ofAddress().getPlainText();
    }
}
