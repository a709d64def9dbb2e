package io.jenkins.plugins.dbtslim.jenkins.engine;

import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.dbtslim.dbt.CiTag;
import io.jenkins.plugins.dbtslim.dbt.Guard;
import io.jenkins.plugins.dbtslim.dbt.Preset;
import io.jenkins.plugins.dbtslim.jenkins.FormText;
import io.jenkins.plugins.dbtslim.jenkins.step.slimbuild.SlimBuildStep;
import io.jenkins.plugins.dbtslim.jenkins.step.slimbuild.Verdict;
import io.jenkins.plugins.dbtslim.selection.SelectionException;
import io.jenkins.plugins.dbtslim.selection.SelectorParser;
import java.util.List;
import java.util.regex.Pattern;

/** What the options of a slim build may be; the same rules hold in forms and at run time. */
public final class OptionChecks {
    /** An id is a part of an address and a file name. */
    static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,60}");
    /** A macro, perhaps with its package. */
    static final Pattern OPERATION = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)?");

    private OptionChecks() {}

    public static FormValidation ciTag(String value) {
        String tag = FormText.orNull(value);
        String problem = tag == null ? null : CiTag.problem(tag);
        return problem == null ? FormValidation.ok() : FormValidation.error(problem);
    }

    /** An id becomes part of an address. */
    public static FormValidation id(String value) {
        return matches(ID, value) ? FormValidation.ok() : FormValidation.error(Messages.OptionChecks_id());
    }

    public static FormValidation operations(String value) {
        for (String operation : FormText.lines(value == null ? null : List.of(value))) {
            if (!matches(OPERATION, operation)) {
                return FormValidation.error(Messages.OptionChecks_operation(operation));
            }
        }
        return FormValidation.ok();
    }

    public static FormValidation allow(String value) {
        try {
            Guard.parse(FormText.lines(value == null ? null : List.of(value)));
            return FormValidation.ok();
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    public static ListBoxModel modes() {
        ListBoxModel choices = new ListBoxModel();
        choices.add(Messages.OptionChecks_noMode(), "");
        choices.add(Messages.OptionChecks_pullRequest(), Preset.PULL_REQUEST.id());
        choices.add(Messages.OptionChecks_deploy(), Preset.DEPLOY.id());
        return choices;
    }

    public static FormValidation selection(String value) {
        String text = FormText.orNull(value);
        if (text == null) {
            return FormValidation.ok();
        }
        try {
            SelectorParser.check(text);
            return FormValidation.ok();
        } catch (SelectionException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    private static boolean matches(Pattern pattern, String value) {
        String text = FormText.orNull(value);
        return text == null || pattern.matcher(text).matches();
    }

    /** Refuses an id that cannot be part of an address. */
    public static void requireId(String id) {
        if (!matches(ID, id)) {
            throw new IllegalArgumentException(Messages.OptionChecks_id());
        }
    }

    /** What must hold before anything is done. */
    public static void require(SlimBuildStep step) {
        Verdict.check(step);
        requireId(step.getId());
        step.check();
        step.preset();
        Guard.parse(step.getAllow());
    }

    public static ListBoxModel results(String... names) {
        ListBoxModel choices = new ListBoxModel();
        for (String name : names) {
            choices.add(label(name), name);
        }
        return choices;
    }

    private static String label(String name) {
        return switch (name) {
            case "success" -> Messages.OptionChecks_success();
            case "unstable" -> Messages.OptionChecks_unstable();
            case "notBuilt" -> Messages.OptionChecks_notBuilt();
            default -> Messages.OptionChecks_failure();
        };
    }
}
