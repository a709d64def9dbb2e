package io.jenkins.plugins.dbtslim.jenkins;

import hudson.model.Run;
import hudson.security.ACL;
import io.jenkins.plugins.dbtslim.jenkins.TestFolder.TestJob;
import java.io.File;
import java.nio.file.Path;

/** An ended build of a {@link TestJob}. */
public final class TestJobBuild extends Run<TestJob, TestJobBuild> {
    private final TestJob job;
    private final TestJobBuild previous;
    private final Path folder;

    TestJobBuild(TestJob job, TestJobBuild previous, Path folder) {
        this.job = job;
        this.previous = previous;
        this.folder = folder;
    }

    @Override
    public TestJob getParent() {
        return job;
    }

    @Override
    public TestJobBuild getPreviousBuild() {
        return previous;
    }

    @Override
    public int getNumber() {
        return previous == null ? 1 : previous.getNumber() + 1;
    }

    @Override
    public boolean isBuilding() {
        return false;
    }

    @Override
    public File getRootDir() {
        return folder.resolve(job.getName() + "-" + getNumber()).toFile();
    }

    @Override
    public void save() {}

    @Override
    public Object getTarget() {
        return this;
    }

    @Override
    public int compareTo(TestJobBuild other) {
        return Integer.compare(getNumber(), other.getNumber());
    }

    @Override
    public ACL getACL() {
        throw new UnsupportedOperationException();
    }
}
