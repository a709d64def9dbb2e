package io.jenkins.plugins.dbtslim.jenkins.step.publish;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Item;
import hudson.model.Run;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.dbtslim.jenkins.FormPermissions;
import io.jenkins.plugins.dbtslim.jenkins.FormText;
import io.jenkins.plugins.dbtslim.jenkins.ShortStepExecution;
import io.jenkins.plugins.dbtslim.jenkins.StepBuilder;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.store.FetchedState;
import io.jenkins.plugins.dbtslim.jenkins.store.StoreChecks;
import io.jenkins.plugins.dbtslim.jenkins.store.StoreStep;
import io.jenkins.plugins.dbtslim.run.OnConflict;
import io.jenkins.plugins.dbtslim.store.aws.S3Settings;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import java.io.IOException;
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

/** {@code dbtPublishManifest('s3://bucket/manifest.json')}: makes what is true of this build's run production's. */
@Restricted(NoExternalUse.class)
public final class PublishStep extends StoreStep implements ShortStepExecution.Work {
    private static final long serialVersionUID = 1L;
    private final String to;
    private String manifest;
    private OnConflict onConflict = OnConflict.fail;
    private boolean history;
    private boolean allowFromChangeRequest;
    private boolean asItIs;
    private String sse;
    private String kmsKeyId;

    @DataBoundConstructor
    public PublishStep(String to) {
        this.to = FormText.orNull(to);
    }

    /** Where the manifest lives: {@code s3://bucket/key}, {@code file:/path} or the like; null for where this build fetched it. */
    public String getTo() {
        return to;
    }

    /** That, or where this build fetched production's manifest. */
    String location(Run<?, ?> run) {
        FetchedState.Entry fetched = to == null ? FetchedState.ofPath(run, null) : null;
        return fetched == null ? to : fetched.uri();
    }

    /** The manifest that a run of this build kept, or with {@link #isAsItIs} any file; null for the last run's. */
    public String getManifest() {
        return manifest;
    }

    @DataBoundSetter
    public void setManifest(String manifest) {
        this.manifest = FormText.orNull(manifest);
    }

    /** What to do when somebody else published since. */
    public OnConflict getOnConflict() {
        return onConflict;
    }

    @DataBoundSetter
    public void setOnConflict(OnConflict onConflict) {
        this.onConflict = onConflict;
    }

    /** Whether a dated copy is kept beside it, under {@code history/}. */
    public boolean isHistory() {
        return history;
    }

    @DataBoundSetter
    public void setHistory(boolean history) {
        this.history = history;
    }

    /** Whether a build of a change request (CHANGE_ID is set) may publish. */
    public boolean isAllowFromChangeRequest() {
        return allowFromChangeRequest;
    }

    @DataBoundSetter
    public void setAllowFromChangeRequest(boolean allowFromChangeRequest) {
        this.allowFromChangeRequest = allowFromChangeRequest;
    }

    /** Whether the file named by {@code manifest} is published as it is, and no run of this build is asked. */
    public boolean isAsItIs() {
        return asItIs;
    }

    @DataBoundSetter
    public void setAsItIs(boolean asItIs) {
        this.asItIs = asItIs;
    }

    /** Server-side encryption: {@code AES256} or {@code aws:kms}, or null for the bucket's own rule. */
    @CheckForNull
    public String getSse() {
        return sse;
    }

    @DataBoundSetter
    public void setSse(String sse) {
        this.sse = FormText.orNull(sse);
    }

    /** Key for {@code aws:kms}, or null for the bucket's. */
    @CheckForNull
    public String getKmsKeyId() {
        return kmsKeyId;
    }

    @DataBoundSetter
    public void setKmsKeyId(String kmsKeyId) {
        this.kmsKeyId = FormText.orNull(kmsKeyId);
    }

    @Override
    public S3Settings.Encryption encryption() throws StoreException {
        return S3Settings.Encryption.of(sse, kmsKeyId);
    }

    @Override
    public Map<String, Object> run(StepSite site) throws IOException, InterruptedException {
        return ManifestPublishing.run(this, site);
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
    public static final class DescriptorImpl extends StoreDescriptor<PublishStep> {
        @Override
        public String getFunctionName() {
            return "dbtPublishManifest";
        }

        @Override
        public String getDisplayName() {
            return Messages.PublishStep_displayName();
        }

        @Override
        public PublishStep getDefaults() {
            return new PublishStep(null);
        }

        @Override
        public String argumentsToString(Map<String, Object> arguments) {
            return arguments.get("to") instanceof String to ? to : null;
        }

        /** Checks the form of the location. */
        @POST
        public FormValidation doCheckTo(@AncestorInPath Item item, @QueryParameter String value) {
            if (FormText.orNull(value) == null || !FormPermissions.mayCheck(item)) {
                return FormValidation.ok();
            }
            return value.trim().startsWith("https:")
                    ? FormValidation.error(Messages.PublishStep_readOnly())
                    : StoreChecks.checkLocation(value);
        }

        /** A key belongs to KMS. */
        @POST
        public FormValidation doCheckKmsKeyId(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String sse) {
            boolean wrong = FormText.orNull(value) != null && !"aws:kms".equals(FormText.orNull(sse));
            return wrong && FormPermissions.mayCheck(item)
                    ? FormValidation.error(Messages.PublishStep_keyWithoutKms())
                    : FormValidation.ok();
        }

        /** What can be done when somebody else published. */
        @POST
        public ListBoxModel doFillOnConflictItems(@AncestorInPath Item item) {
            ListBoxModel choices = new ListBoxModel();
            if (FormPermissions.mayCheck(item)) {
                choices.add(Messages.PublishStep_fail(), OnConflict.fail.name());
                choices.add(Messages.PublishStep_overwrite(), OnConflict.overwrite.name());
            }
            return choices;
        }

        /** The ways to encrypt at rest. */
        @POST
        public ListBoxModel doFillSseItems(@AncestorInPath Item item) {
            ListBoxModel choices = new ListBoxModel();
            if (FormPermissions.mayCheck(item)) {
                choices.add(Messages.PublishStep_bucketRule(), "");
                choices.add("AES256 (SSE-S3)", "AES256");
                choices.add("aws:kms (SSE-KMS)", "aws:kms");
            }
            return choices;
        }
    }

    /** The same as a freestyle build step. */
    public static final class FreestyleBuilder extends StepBuilder {
        private final PublishStep options;

        @DataBoundConstructor
        public FreestyleBuilder(PublishStep options) {
            this.options = options;
        }

        /** The options, which are those of the Pipeline step. */
        public PublishStep getOptions() {
            return options;
        }

        @Override
        protected void perform(StepSite site) throws InterruptedException, IOException {
            options.run(site);
        }

        /** Offers it in freestyle jobs. */
        @Extension
        @Symbol("dbtPublishManifest")
        public static final class DescriptorImpl extends OptionsBuilderDescriptor {
            @Override
            public String getDisplayName() {
                return Messages.PublishStep_displayName();
            }
        }
    }
}
