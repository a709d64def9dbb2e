package io.jenkins.plugins.dbtslim.jenkins.step.doctor;

import hudson.Extension;
import io.jenkins.plugins.dbtslim.jenkins.FormText;
import io.jenkins.plugins.dbtslim.jenkins.engine.DbtStep;
import io.jenkins.plugins.dbtslim.jenkins.step.fetch.FetchStep;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code dbtDoctor(credentialsId: 'mz', from: 's3://bucket/manifest.json')}: looks at all that a build needs, changes nothing. */
public final class DoctorStep extends DbtStep {
    private static final long serialVersionUID = 1L;
    private String from;
    private String storeCredentialsId;
    private String region;
    private String endpoint;
    private boolean pathStyle;
    private String roleArn;
    private String externalId;
    private String roleSessionName;
    private String state;
    private boolean failOnProblem;

    @DataBoundConstructor
    public DoctorStep() {}

    /** Where production's manifest lives, or null: then no store is looked at. */
    public String getFrom() {
        return from;
    }

    @DataBoundSetter
    public void setFrom(String from) {
        this.from = FormText.orNull(from);
    }

    /** Id of the store's credentials; null takes AWS_* of the step's environment. */
    public String getStoreCredentialsId() {
        return storeCredentialsId;
    }

    @DataBoundSetter
    public void setStoreCredentialsId(String storeCredentialsId) {
        this.storeCredentialsId = FormText.orNull(storeCredentialsId);
    }

    /** AWS region, or null for AWS_REGION of the step's environment. */
    public String getRegion() {
        return region;
    }

    @DataBoundSetter
    public void setRegion(String region) {
        this.region = FormText.orNull(region);
    }

    /** Address of an S3 lookalike, or null for Amazon's. */
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
    public String getRoleArn() {
        return roleArn;
    }

    @DataBoundSetter
    public void setRoleArn(String roleArn) {
        this.roleArn = FormText.orNull(roleArn);
    }

    /** External id that the role's trust policy asks for, or null. */
    public String getExternalId() {
        return externalId;
    }

    @DataBoundSetter
    public void setExternalId(String externalId) {
        this.externalId = FormText.orNull(externalId);
    }

    /** Name of the role's session as the role's owner sees it, or null for one made of the job and the build. */
    public String getRoleSessionName() {
        return roleSessionName;
    }

    @DataBoundSetter
    public void setRoleSessionName(String roleSessionName) {
        this.roleSessionName = FormText.orNull(roleSessionName);
    }

    /** Folder in the workspace of the state's manifest.json, or null for what this build fetched last. */
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
        return fetch;
    }

    private Object readResolve() {
        fillDefaults();
        return this;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new DoctorExecution(context, this);
    }

    /** Jenkins finds the step of a descriptor by nesting. */
    @Extension
    public static final class DescriptorImpl extends DoctorDescriptor {}
}
