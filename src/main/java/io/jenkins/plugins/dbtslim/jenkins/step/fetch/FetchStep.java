package io.jenkins.plugins.dbtslim.jenkins.step.fetch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.jenkins.FormPermissions;
import io.jenkins.plugins.dbtslim.jenkins.FormText;
import io.jenkins.plugins.dbtslim.jenkins.ShortStepExecution;
import io.jenkins.plugins.dbtslim.jenkins.StepBuilder;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.store.StoreChecks;
import io.jenkins.plugins.dbtslim.jenkins.store.StoreStep;
import io.jenkins.plugins.dbtslim.store.Companion;
import io.jenkins.plugins.dbtslim.store.FetchOptions.IfMissing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code dbtFetchManifest('s3://bucket/manifest.json')}: brings production's manifest into the workspace. */
@Restricted(NoExternalUse.class)
public final class FetchStep extends StoreStep implements ShortStepExecution.Work {
    private static final long serialVersionUID = 1L;
    private final String from;
    private String to = ".dbt-state/manifest.json";
    private IfMissing ifMissing = IfMissing.fail;
    private String maxAge;
    private boolean failIfOld;
    private boolean noteOnly;
    private String tokenHeader;
    private ArrayList<String> also = new ArrayList<>();

    @DataBoundConstructor
    public FetchStep(String from) {
        this.from = FormText.orNull(from);
    }

    /** Where the manifest lives: {@code s3://bucket/key}, {@code file:/path}, {@code build:job} or the like. */
    public String getFrom() {
        return from;
    }

    /** The file in the workspace to bring it to. */
    public String getTo() {
        return to;
    }

    @DataBoundSetter
    public void setTo(String to) {
        this.to = FormText.orDefault(to, ".dbt-state/manifest.json");
    }

    /** What to do when nothing is there. */
    public IfMissing getIfMissing() {
        return ifMissing;
    }

    @DataBoundSetter
    public void setIfMissing(IfMissing ifMissing) {
        this.ifMissing = ifMissing;
    }

    /** Greatest age of the manifest, such as {@code 36h} or {@code 7d}, or null. */
    @CheckForNull
    public String getMaxAge() {
        return maxAge;
    }

    @DataBoundSetter
    public void setMaxAge(String maxAge) {
        this.maxAge = FormText.orNull(maxAge);
    }

    /** Whether an older manifest fails the build and not only warns. */
    public boolean isFailIfOld() {
        return failIfOld;
    }

    @DataBoundSetter
    public void setFailIfOld(boolean failIfOld) {
        this.failIfOld = failIfOld;
    }

    /** Whether to bring nothing, and only note what lies there for the publishing of this build. */
    public boolean isNoteOnly() {
        return noteOnly;
    }

    @DataBoundSetter
    public void setNoteOnly(boolean noteOnly) {
        this.noteOnly = noteOnly;
    }

    /** The header that a secret text goes to at an https address, such as {@code PRIVATE-TOKEN}, or null for the usual one. */
    @CheckForNull
    public String getTokenHeader() {
        return tokenHeader;
    }

    @DataBoundSetter
    public void setTokenHeader(String tokenHeader) {
        this.tokenHeader = FormText.orNull(tokenHeader);
    }

    @Override
    public String tokenHeader() {
        return tokenHeader;
    }

    /** What else to bring of the run that published it: timings, results, sources. */
    public List<String> getAlso() {
        return also;
    }

    @DataBoundSetter
    public void setAlso(List<String> also) {
        this.also = new ArrayList<>(FormText.lines(also));
    }

    @Override
    public Map<String, Object> run(StepSite site) throws IOException, InterruptedException {
        return ManifestFetching.run(this, site);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new ShortStepExecution(context, this);
    }

    /**
     * Name, defaults and checks. It comes before the builder of the same symbol: of two with one name, the Snippet Generator
     * offers the first.
     */
    @Extension(ordinal = 1)
    public static final class DescriptorImpl extends StoreDescriptor<FetchStep> {
        @Override
        public String getFunctionName() {
            return "dbtFetchManifest";
        }

        @Override
        public String getDisplayName() {
            return Messages.FetchStep_displayName();
        }

        @Override
        public FetchStep getDefaults() {
            return new FetchStep(null);
        }

        @Override
        public String argumentsToString(Map<String, Object> arguments) {
            return arguments.get("from") instanceof String from ? from : null;
        }

        /** Checks the form of the location. */
        @POST
        public FormValidation doCheckFrom(@AncestorInPath Item item, @QueryParameter String value) {
            return FormPermissions.mayCheck(item) ? StoreChecks.checkLocation(value) : FormValidation.ok();
        }

        /** Names of what travels with a manifest. */
        @POST
        public FormValidation doCheckAlso(@AncestorInPath Item item, @QueryParameter String value) {
            String text = FormText.orNull(value);
            if (text == null || !FormPermissions.mayCheck(item)) {
                return FormValidation.ok();
            }
            try {
                Companion.parse("also", FormText.lines(List.of(text)));
                return FormValidation.ok();
            } catch (UserException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        /** What can be done when there is no manifest. */
        @POST
        public ListBoxModel doFillIfMissingItems(@AncestorInPath Item item) {
            ListBoxModel choices = new ListBoxModel();
            if (FormPermissions.mayCheck(item)) {
                choices.add(Messages.FetchStep_fail(), IfMissing.fail.name());
                choices.add(Messages.FetchStep_fullBuild(), IfMissing.fullBuild.name());
                choices.add(Messages.FetchStep_skip(), IfMissing.skip.name());
            }
            return choices;
        }
    }

    /** The same as a freestyle build step. */
    public static final class FreestyleBuilder extends StepBuilder {
        private final FetchStep options;

        @DataBoundConstructor
        public FreestyleBuilder(FetchStep options) {
            this.options = options;
        }

        /** The options, which are those of the Pipeline step. */
        public FetchStep getOptions() {
            return options;
        }

        @Override
        protected void perform(StepSite site) throws InterruptedException, IOException {
            options.run(site);
        }

        /** Offers it in freestyle jobs. */
        @Extension
        @Symbol("dbtFetchManifest")
        public static final class DescriptorImpl extends OptionsBuilderDescriptor {
            @Override
            public String getDisplayName() {
                return Messages.FetchStep_displayName();
            }
        }
    }
}
