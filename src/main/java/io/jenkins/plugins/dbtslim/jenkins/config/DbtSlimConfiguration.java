package io.jenkins.plugins.dbtslim.jenkins.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.PersistentDescriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.dbtslim.change.ChangeTags;
import io.jenkins.plugins.dbtslim.jenkins.FormPermissions;
import io.jenkins.plugins.dbtslim.jenkins.FormText;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import jenkins.model.GlobalConfiguration;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What an administrator decides for all jobs: default host, where S3 requests may go, and with whose identity. */
@Restricted(NoExternalUse.class)
@Extension
@Symbol("dbtSlim")
public class DbtSlimConfiguration extends GlobalConfiguration implements PersistentDescriptor {
    private static final int TEST_MILLIS = 5000;
    private String host;
    private String allowedEndpoints;
    private boolean defaultAwsCredentialsAllowed;
    private String changeTags;
    private String s3Endpoint;
    private String s3Region;
    private boolean s3PathStyle;

    /** The configuration of this Jenkins. */
    public static DbtSlimConfiguration get() {
        return ExtensionList.lookupSingleton(DbtSlimConfiguration.class);
    }

    @Override
    public String getDisplayName() {
        return Messages.DbtSlimConfiguration_displayName();
    }

    /** Materialize's host for steps that name none and have no MZ_HOST, or null. */
    @CheckForNull
    public String getHost() {
        return host;
    }

    @DataBoundSetter
    public void setHost(String host) {
        this.host = FormText.orNull(host);
        save();
    }

    /** The S3 endpoints that steps may name, one a line; null allows every one. */
    public String getAllowedEndpoints() {
        return allowedEndpoints;
    }

    @DataBoundSetter
    public void setAllowedEndpoints(String allowedEndpoints) {
        this.allowedEndpoints = FormText.orNull(allowedEndpoints);
        save();
    }

    /** Whether steps without any AWS credentials may act as the controller itself (its instance role). */
    public boolean isDefaultAwsCredentialsAllowed() {
        return defaultAwsCredentialsAllowed;
    }

    @DataBoundSetter
    public void setDefaultAwsCredentialsAllowed(boolean defaultAwsCredentialsAllowed) {
        this.defaultAwsCredentialsAllowed = defaultAwsCredentialsAllowed;
        save();
    }

    /** Further tags of change requests' own environments, one a line, with {@code {CHANGE_ID}} for the number; or null. */
    @CheckForNull
    public String getChangeTags() {
        return changeTags;
    }

    @DataBoundSetter
    public void setChangeTags(String changeTags) {
        this.changeTags = FormText.orNull(changeTags);
        save();
    }

    /** The same as a list. */
    public List<String> changeTagPatterns() {
        return FormText.lines(changeTags == null ? null : List.of(changeTags));
    }

    /** The S3 endpoint for steps that name none and have none in their environment, or null for Amazon's. */
    @CheckForNull
    public String getS3Endpoint() {
        return s3Endpoint;
    }

    @DataBoundSetter
    public void setS3Endpoint(String s3Endpoint) {
        this.s3Endpoint = FormText.orNull(s3Endpoint);
        save();
    }

    /** The AWS region for steps that name none and have none in their environment, or null. */
    @CheckForNull
    public String getS3Region() {
        return s3Region;
    }

    @DataBoundSetter
    public void setS3Region(String s3Region) {
        this.s3Region = FormText.orNull(s3Region);
        save();
    }

    /** Whether the bucket is part of the path, for steps that name no endpoint of their own. */
    public boolean isS3PathStyle() {
        return s3PathStyle;
    }

    @DataBoundSetter
    public void setS3PathStyle(boolean s3PathStyle) {
        this.s3PathStyle = s3PathStyle;
        save();
    }

    /** Whether a step may name this S3 endpoint. */
    public boolean allowsEndpoint(String endpoint) {
        List<String> allowed = FormText.lines(allowedEndpoints == null ? null : List.of(allowedEndpoints));
        return allowed.isEmpty()
                || endpoint.equals(s3Endpoint)
                || allowed.stream().anyMatch(one -> withoutSlash(one).equals(withoutSlash(endpoint)));
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** Tries to reach Materialize from the controller: only here, only for administrators, and only on a click. */
    @POST
    public FormValidation doTestConnection(@QueryParameter String host) {
        if (!FormPermissions.mayAdminister()) {
            return FormValidation.error(Messages.DbtSlimConfiguration_administratorsOnly());
        }
        String address = FormText.orNull(host);
        if (address == null || !isHost(address)) {
            return FormValidation.error(Messages.DbtSlimConfiguration_notAHost());
        }
        ConnectionTest.Answer answer =
                new ConnectionTest(TEST_MILLIS, (SSLSocketFactory) SSLSocketFactory.getDefault()).ask(address);
        return answer.good() ? FormValidation.ok(answer.sentence()) : FormValidation.error(answer.sentence());
    }

    /** Says what is not the name of a host. */
    @POST
    public FormValidation doCheckHost(@QueryParameter String value) {
        String address = FormPermissions.mayAdminister() ? FormText.orNull(value) : null;
        return address == null || isHost(address)
                ? FormValidation.ok()
                : FormValidation.error(Messages.DbtSlimConfiguration_notAHost());
    }

    /** Says which line is not an address. */
    @POST
    public FormValidation doCheckAllowedEndpoints(@QueryParameter String value) {
        if (FormPermissions.mayAdminister()) {
            for (String line : FormText.lines(value == null ? null : List.of(value))) {
                try {
                    URI uri = new URI(line);
                    if (uri.getHost() == null
                            || !String.valueOf(uri.getScheme()).matches("https?")) {
                        return FormValidation.error(Messages.DbtSlimConfiguration_notAnEndpoint(line));
                    }
                } catch (URISyntaxException e) {
                    return FormValidation.error(Messages.DbtSlimConfiguration_notAnEndpoint(line));
                }
            }
        }
        return FormValidation.ok();
    }

    /** Says which line names no environment of one change request alone. */
    @POST
    public FormValidation doCheckChangeTags(@QueryParameter String value) {
        if (FormPermissions.mayAdminister()) {
            for (String line : FormText.lines(value == null ? null : List.of(value))) {
                String problem = ChangeTags.patternProblem(line);
                if (problem != null) {
                    return FormValidation.error(problem);
                }
            }
        }
        return FormValidation.ok();
    }

    /** Whether that may be the host of Materialize, with or without a port. */
    public static boolean isHost(String text) {
        return text.matches("[A-Za-z0-9]([A-Za-z0-9._-]{0,252})(:[0-9]{1,5})?");
    }
}
