package io.jenkins.plugins.dbtslim.jenkins.step.bluegreen;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.dbtslim.jenkins.step.publish.PublishStep;
import java.io.IOException;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The deployment that a build prepared last, so that its later steps need not be told of it. */
@Restricted(NoExternalUse.class)
public final class PreparedToken extends InvisibleAction {
    private final String token;
    private final PublishStep publish;

    private PreparedToken(String token, PublishStep publish) {
        this.token = token;
        this.publish = publish;
    }

    static void note(Run<?, ?> run, String token, PublishStep publish) throws IOException {
        run.addOrReplaceAction(new PreparedToken(token, publish));
        run.save();
    }

    /** Its token, or null if the build prepared none. */
    @CheckForNull
    static String of(Run<?, ?> run) {
        PreparedToken prepared = run.getAction(PreparedToken.class);
        return prepared == null ? null : prepared.token;
    }

    /** How its manifest is to be published, or null. */
    @CheckForNull
    static PublishStep publishing(Run<?, ?> run) {
        PreparedToken prepared = run.getAction(PreparedToken.class);
        return prepared == null ? null : prepared.publish;
    }
}
