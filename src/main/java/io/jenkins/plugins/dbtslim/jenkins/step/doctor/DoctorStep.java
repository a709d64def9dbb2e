package io.jenkins.plugins.dbtslim.jenkins.step.doctor;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.dbtslim.jenkins.FormPermissions;
import io.jenkins.plugins.dbtslim.jenkins.FormText;
import io.jenkins.plugins.dbtslim.jenkins.ShortStepExecution;
import io.jenkins.plugins.dbtslim.jenkins.StepBuilder;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.credentials.CredentialsLists;
import io.jenkins.plugins.dbtslim.jenkins.engine.DbtStep;
import io.jenkins.plugins.dbtslim.jenkins.engine.DbtStepDescriptor;
import io.jenkins.plugins.dbtslim.jenkins.step.fetch.FetchStep;
import io.jenkins.plugins.dbtslim.jenkins.store.StoreChecks;
import java.io.IOException;
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

/** {@code dbtDoctor(credentialsId: 'mz', from: 's3://bucket/manifest.json')}: looks at all that a build needs, changes nothing. */
@Restricted(NoExternalUse.class)
public final class DoctorStep extends DbtStep implements ShortStepExecution.Work {
    private static final long serialVersionUID = 1L;
    private String from;
    private String storeCredentialsId;
    private String region;
    private String endpoint;
    private boolean pathStyle;
    private String roleArn;
    private String externalId;
    private String roleSessionName;
    private String tokenHeader;
    private String state;
    private boolean failOnProblem;

    @DataBoundConstructor
    public DoctorStep() {}

    /** Where production's manifest lives, or null: then no store is looked at. */
    @CheckForNull
    public String getFrom() {
        return from;
    }

    @DataBoundSetter
    public void setFrom(String from) {
        this.from = FormText.orNull(from);
    }

    /** Id of the store's credentials; null takes what the step's environment holds for it. */
    public String getStoreCredentialsId() {
        return storeCredentialsId;
    }

    @DataBoundSetter
    public void setStoreCredentialsId(String storeCredentialsId) {
        this.storeCredentialsId = FormText.orNull(storeCredentialsId);
    }

    /** AWS region, or null for AWS_REGION of the step's environment. */
    @CheckForNull
    public String getRegion() {
        return region;
    }

    @DataBoundSetter
    public void setRegion(String region) {
        this.region = FormText.orNull(region);
    }

    /** Address of an S3 lookalike, or null for Amazon's. */
    @CheckForNull
    public String getEndpoint() {
        return endpoint;
    }

    @DataBoundSetter
    public void setEndpoint(String endpoint) {
        this.endpoint = FormText.orNull(endpoint);
    }

    /** Whether the bucket is part of the path and not of the host name. */
    public boolean isPathStyle() {
        return pathStyle;
    }

    @DataBoundSetter
    public void setPathStyle(boolean pathStyle) {
        this.pathStyle = pathStyle;
    }

    /** Role to assume for the store, or null. */
    @CheckForNull
    public String getRoleArn() {
        return roleArn;
    }

    @DataBoundSetter
    public void setRoleArn(String roleArn) {
        this.roleArn = FormText.orNull(roleArn);
    }

    /** External id that the role's trust policy asks for, or null. */
    @CheckForNull
    public String getExternalId() {
        return externalId;
    }

    @DataBoundSetter
    public void setExternalId(String externalId) {
        this.externalId = FormText.orNull(externalId);
    }

    /** Name of the role's session as the role's owner sees it, or null for one made of the job and the build. */
    @CheckForNull
    public String getRoleSessionName() {
        return roleSessionName;
    }

    @DataBoundSetter
    public void setRoleSessionName(String roleSessionName) {
        this.roleSessionName = FormText.orNull(roleSessionName);
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

    /** Folder in the workspace of the state's manifest.json, or null for what this build fetched last. */
    @CheckForNull
    public String getState() {
        return state;
    }

    @DataBoundSetter
    public void setState(String state) {
        this.state = FormText.orNull(state);
    }

    /** Whether a problem fails the build. */
    public boolean isFailOnProblem() {
        return failOnProblem;
    }

    @DataBoundSetter
    public void setFailOnProblem(boolean failOnProblem) {
        this.failOnProblem = failOnProblem;
    }

    /** The fetch that would be done. */
    FetchStep fetch() {
        FetchStep fetch = new FetchStep(from);
        fetch.setCredentialsId(storeCredentialsId);
        fetch.setRegion(region);
        fetch.setEndpoint(endpoint);
        fetch.setPathStyle(pathStyle);
        fetch.setRoleArn(roleArn);
        fetch.setExternalId(externalId);
        fetch.setRoleSessionName(roleSessionName);
        fetch.setTokenHeader(tokenHeader);
        return fetch;
    }

    @Override
    public Map<String, Object> run(StepSite site) throws IOException, InterruptedException {
        return Doctor.run(this, site);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new ShortStepExecution(context, this);
    }

    /**
     * Name, defaults and form helpers. It comes before the builder of the same symbol: of two with one name, the Snippet Generator
     * offers the first.
     */
    @Extension(ordinal = 1)
    public static final class DescriptorImpl extends DbtStepDescriptor<DoctorStep> implements StoreChecks {
        /** What a form says of the store's options is said once, for the step that fetches. */
        public DescriptorImpl() {
            addHelpFileRedirect("storeCredentialsId", FetchStep.class, "credentialsId");
            for (String option : List.of(
                    "region", "endpoint", "pathStyle", "roleArn", "externalId", "roleSessionName", "tokenHeader")) {
                addHelpFileRedirect(option, FetchStep.class, option);
            }
        }

        @Override
        public String getFunctionName() {
            return "dbtDoctor";
        }

        @Override
        public String getDisplayName() {
            return Messages.DoctorStep_displayName();
        }

        @Override
        public DoctorStep getDefaults() {
            return new DoctorStep();
        }

        /** Credentials for stores that the job can use. */
        @POST
        public ListBoxModel doFillStoreCredentialsIdItems(
                @AncestorInPath Item item, @QueryParameter String storeCredentialsId) {
            return FormPermissions.mayListCredentials(item)
                    ? CredentialsLists.stores(item, storeCredentialsId)
                    : CredentialsLists.current(storeCredentialsId);
        }

        /** Checks the form of the location, if there is one. */
        @POST
        public FormValidation doCheckFrom(@AncestorInPath Item item, @QueryParameter String value) {
            return FormText.orNull(value) != null && FormPermissions.mayCheck(item)
                    ? StoreChecks.checkLocation(value)
                    : FormValidation.ok();
        }
    }

    /** The same as a freestyle build step. */
    public static final class FreestyleBuilder extends StepBuilder {
        private final DoctorStep options;

        @DataBoundConstructor
        public FreestyleBuilder(DoctorStep options) {
            this.options = options;
        }

        /** The options, which are those of the Pipeline step. */
        public DoctorStep getOptions() {
            return options;
        }

        @Override
        protected void perform(StepSite site) throws InterruptedException, IOException {
            options.run(site);
        }

        /** Offers it in freestyle jobs. */
        @Extension
        @Symbol("dbtDoctor")
        public static final class DescriptorImpl extends OptionsBuilderDescriptor {
            @Override
            public String getDisplayName() {
                return Messages.DoctorStep_displayName();
            }
        }
    }
}
