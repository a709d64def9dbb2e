package io.jenkins.plugins.dbtslim.jenkins.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.dbtslim.jenkins.FormPermissions;
import io.jenkins.plugins.dbtslim.jenkins.FormText;
import io.jenkins.plugins.dbtslim.jenkins.OptionsStepDescriptor;
import io.jenkins.plugins.dbtslim.jenkins.StoredDefaults;
import io.jenkins.plugins.dbtslim.jenkins.credentials.CredentialsLists;
import io.jenkins.plugins.dbtslim.store.aws.S3Settings;
import io.jenkins.plugins.dbtslim.store.transfer.StoreException;
import java.io.Serializable;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What fetching and publishing share: how to reach the store, and as whom. */
public abstract class StoreStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;
    private String credentialsId;
    private String region;
    private String endpoint;
    private boolean pathStyle;
    private String roleArn;
    private String externalId;
    private String roleSessionName;
    private String mfaToken;

    /** Id of credentials of a kind that the store knows; null takes what the step's environment holds for it. */
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = FormText.orNull(credentialsId);
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

    /** Role to assume, or null. */
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

    /** The code that the MFA device of the credentials shows now, good for one use within half a minute or so, or null. */
    @CheckForNull
    public String getMfaToken() {
        return mfaToken;
    }

    @DataBoundSetter
    public void setMfaToken(String mfaToken) {
        this.mfaToken = FormText.orNull(mfaToken);
    }

    /** How to reach the store once more in the build, in texts; null where that takes a code that was good once. */
    @CheckForNull
    Map<String, String> access() {
        if (mfaToken != null) {
            return null;
        }
        Map<String, String> access = new TreeMap<>();
        access.put("credentialsId", credentialsId);
        access.put("region", region);
        access.put("endpoint", endpoint);
        access.put("pathStyle", String.valueOf(pathStyle));
        access.put("roleArn", roleArn);
        access.put("externalId", externalId);
        access.put("roleSessionName", roleSessionName);
        access.values().removeIf(Objects::isNull);
        return access;
    }

    /** Reaches it as another step did. */
    void takeAccess(Map<String, String> access) {
        credentialsId = access.get("credentialsId");
        region = access.get("region");
        endpoint = access.get("endpoint");
        pathStyle = Boolean.parseBoolean(access.get("pathStyle"));
        roleArn = access.get("roleArn");
        externalId = access.get("externalId");
        roleSessionName = access.get("roleSessionName");
    }

    /** Options that a stored job does not name have their defaults. */
    protected Object readResolve() {
        return StoredDefaults.fill(this);
    }

    /** Where a secret text goes that a web server wants to see, or null for the usual header; here there is none. */
    @CheckForNull
    public String tokenHeader() {
        return null;
    }

    /** The encryption that is asked for what is written; here the bucket's own rule. */
    public S3Settings.Encryption encryption() throws StoreException {
        return S3Settings.Encryption.BUCKET_DEFAULT;
    }

    /**
     * The credentials of both steps; what else they check is {@link StoreChecks}.
     *
     * @param <T> the step
     */
    public abstract static class StoreDescriptor<T extends StoreStep> extends OptionsStepDescriptor<T>
            implements StoreChecks {
        /** Credentials for stores that the job can use. */
        @POST
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            return FormPermissions.mayListCredentials(item)
                    ? CredentialsLists.stores(item, credentialsId)
                    : CredentialsLists.current(credentialsId);
        }
    }
}
