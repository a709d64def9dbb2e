package io.jenkins.plugins.dbtslim.change;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The change request that the checked out commit merged: a build of the main branch has no change id of its own, but code
 * hosts write it into the commit's message.
 */
public final class MergedChange {
    private static final int MAX_MESSAGE = 65_536;
    /** What each code host writes itself; a number anywhere else is the author's text. */
    private static final List<Pattern> FORMS = List.of(
            Pattern.compile("\\AMerge pull request #(\\d{1,18}) from \\S+[ \\t]*$", Pattern.MULTILINE), // GitHub
            Pattern.compile("\\AMerge pull request '[^\\n]*' \\(#(\\d{1,18})\\) from \\S+"), // Gitea
            Pattern.compile(
                    "\\AMerged in \\S+ \\(pull request #(\\d{1,18})\\)[ \\t]*$", Pattern.MULTILINE), // Bitbucket
            Pattern.compile("\\APull request #(\\d{1,18}): "), // Bitbucket Data Center
            Pattern.compile("\\AMerged PR (\\d{1,18}): "), // Azure DevOps
            Pattern.compile(
                    "(?s)\\A.*^See merge request [\\w.-][\\w./-]*!(\\d{1,18})[ \\t]*$", Pattern.MULTILINE), // GitLab
            Pattern.compile("\\A[^\\n]*\\(#(\\d{1,18})\\)[ \\t]*$", Pattern.MULTILINE)); // squashed

    private MergedChange() {}

    /** The number in a commit's message, or null when it names none. */
    @CheckForNull
    public static String ofMessage(String message) {
        for (Pattern form : FORMS) {
            Matcher matcher = form.matcher(message.strip());
            if (matcher.find()) {
                return matcher.group(1);
            }
        }
        return null;
    }

    /** The number in the message of the commit that is checked out there, or null: also where git does not answer. */
    @CheckForNull
    public static String ofCheckout(Path directory) throws InterruptedException {
        String message = new Checkout(directory).answer("log", "-1", "--format=%B");
        return message == null ? null : ofMessage(message.substring(0, Math.min(MAX_MESSAGE, message.length())));
    }
}
