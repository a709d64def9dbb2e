package io.jenkins.plugins.dbtslim.jenkins.bluegreen;

import hudson.model.InvisibleAction;
import hudson.model.Run;
import java.io.IOException;

/** The token of the deployment that a build prepared last, so that its later steps need not be given it. */
public final class PreparedToken extends InvisibleAction {
    private final String token;

    private PreparedToken(String token) {
        this.token = token;
    }

    static void note(Run<?, ?> run, String token) throws IOException {
        run.addOrReplaceAction(new PreparedToken(token));
        run.save();
    }

    /** That of the build, or null if it prepared none. */
    static String of(Run<?, ?> run) {
        PreparedToken prepared = run.getAction(PreparedToken.class);
        return prepared == null ? null : prepared.token;
    }
}
