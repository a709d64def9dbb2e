package io.jenkins.plugins.dbtslim.jenkins;

import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import io.jenkins.plugins.dbtslim.jenkins.TestFolder.TestJob;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import jenkins.model.Jenkins;

/** A build of a {@link TestJob}, as far as steps ask of it, with a folder and a log of its own. */
public final class TestBuild extends Run<TestJob, TestBuild> {
    /** The number of one that is made without a job. */
    public static final int NUMBER = 12;

    private final TestJob job;
    private final TestBuild previous;
    private final int number;
    private final Path folder;
    private final boolean building;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Listener listener = new Listener(new PrintStream(written, true, StandardCharsets.UTF_8));

    /** One that runs, of a job "shop" that nobody finds; keeps its files there. */
    public TestBuild(Path folder) {
        this(new TestJob("shop", Jenkins.get()), null, NUMBER, folder, true);
    }

    TestBuild(TestJob job, TestBuild previous, int number, Path folder, boolean building) {
        this.job = job;
        this.previous = previous;
        this.number = number;
        this.folder = folder;
        this.building = building;
    }

    /** A log that is looked at afterwards. */
    private record Listener(PrintStream log) implements TaskListener {
        private static final long serialVersionUID = 1L;

        @Override
        public PrintStream getLogger() {
            return log;
        }
    }

    /** The build's log. */
    public TaskListener listener() {
        return listener;
    }

    /** What was written to it. */
    public String log() {
        return written.toString(StandardCharsets.UTF_8);
    }

    @Override
    public int getNumber() {
        return number;
    }

    @Override
    public TestJob getParent() {
        return job;
    }

    @Override
    public boolean isBuilding() {
        return building;
    }

    @Override
    public File getRootDir() {
        return folder.toFile();
    }

    @Override
    public TestBuild getPreviousBuild() {
        return previous;
    }

    @Override
    public void save() {}

    @Override
    public String getUrl() {
        return "job/" + job.getName() + "/" + number + "/";
    }

    @Override
    public String getExternalizableId() {
        return job.getName() + "#" + number;
    }

    @Override
    public String getFullDisplayName() {
        return job.getName() + " #" + number;
    }

    @Override
    public Object getTarget() {
        return this;
    }

    @Override
    public int compareTo(TestBuild other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public ACL getACL() {
        throw new UnsupportedOperationException();
    }
}
