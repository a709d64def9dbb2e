package io.jenkins.plugins.dbtslim.jenkins.step.slimbuild;

import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.dbtslim.change.CiTag;
import io.jenkins.plugins.dbtslim.dbt.DbtCommand;
import io.jenkins.plugins.dbtslim.dbt.ExtraArgs;
import io.jenkins.plugins.dbtslim.dbt.Guard;
import io.jenkins.plugins.dbtslim.dbt.Mode;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.jenkins.FormText;
import io.jenkins.plugins.dbtslim.run.OnBehind;
import io.jenkins.plugins.dbtslim.selection.SelectorParser;
import java.util.List;
import java.util.regex.Pattern;

/** What the form of a slim build says of what one types, and offers to choose from; who may ask is asked before. */
final class FormChecks {
    /** A macro, perhaps with its package. */
    private static final Pattern OPERATION = Pattern.compile("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)?");

    private FormChecks() {}

    static FormValidation selection(String option, String value) {
        String text = FormText.orNull(value);
        if (text == null) {
            return FormValidation.ok();
        }
        try {
            ExtraArgs.checkCriteria(option, List.of(text));
            SelectorParser.check(text);
            return FormValidation.ok();
        } catch (UserException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    static FormValidation ciTag(String value) {
        String tag = FormText.orNull(value);
        String problem = tag == null ? null : CiTag.problem(tag);
        return problem == null ? FormValidation.ok() : FormValidation.error(problem);
    }

    static FormValidation commands(String value) {
        try {
            DbtCommand.parse(FormText.lines(value == null ? null : List.of(value)));
            return FormValidation.ok();
        } catch (UserException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    static FormValidation operations(String value) {
        for (String operation : FormText.lines(value == null ? null : List.of(value))) {
            if (!OPERATION.matcher(operation).matches()) {
                return FormValidation.error(Messages.SlimBuildStep_operation(operation));
            }
        }
        return FormValidation.ok();
    }

    static FormValidation allow(String value) {
        try {
            Guard.parse(FormText.lines(value == null ? null : List.of(value)));
            return FormValidation.ok();
        } catch (UserException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    static ListBoxModel modes() {
        ListBoxModel choices = new ListBoxModel();
        choices.add(Messages.SlimBuildStep_noMode(), Mode.none.name());
        choices.add(Messages.SlimBuildStep_pullRequest(), Mode.pullRequest.name());
        choices.add(Messages.SlimBuildStep_deploy(), Mode.deploy.name());
        return choices;
    }

    static ListBoxModel results(Verdict... verdicts) {
        ListBoxModel choices = new ListBoxModel();
        for (Verdict verdict : verdicts) {
            choices.add(label(verdict), verdict.name());
        }
        return choices;
    }

    private static String label(Verdict verdict) {
        return switch (verdict) {
            case success -> Messages.SlimBuildStep_success();
            case unstable -> Messages.SlimBuildStep_unstable();
            case notBuilt -> Messages.SlimBuildStep_notBuilt();
            case failure -> Messages.SlimBuildStep_failure();
        };
    }

    static ListBoxModel behind() {
        ListBoxModel choices = new ListBoxModel();
        choices.add(Messages.SlimBuildStep_ignoreBehind(), OnBehind.ignore.name());
        choices.add(Messages.SlimBuildStep_warnBehind(), OnBehind.warn.name());
        choices.add(Messages.SlimBuildStep_failBehind(), OnBehind.fail.name());
        return choices;
    }
}
