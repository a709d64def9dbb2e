package io.jenkins.plugins.dbtslim.jenkins;

import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import jenkins.model.Jenkins;

/** Build 12 of a job, as far as steps ask of it, with a folder and a log of its own. */
public final class TestBuild extends Run<TestBuild.Shop, TestBuild> {
    /** Its number. */
    public static final int NUMBER = 12;

    private final Path folder;
    private final Shop parent = new Shop();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Listener listener = new Listener(new PrintStream(written, true, StandardCharsets.UTF_8));

    /** Makes one that keeps its files there. */
    public TestBuild(Path folder) {
        this.folder = folder;
    }

    /** The job of those builds. */
    public static final class Shop extends Job<Shop, TestBuild> {
        @Override
        public boolean isBuildable() {
            return true;
        }

        @Override
        public String getName() {
            return "shop";
        }

        @Override
        public ItemGroup<?> getParent() {
            return Jenkins.get();
        }

        @Override
        public void load() {}

        @Override
        public void delete() {}

        @Override
        public Object getTarget() {
            return this;
        }

        @Override
        public ACL getACL() {
            throw new UnsupportedOperationException();
        }

        @Override
        public TestBuild getLastBuild() {
            return null;
        }
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
        return NUMBER;
    }

    @Override
    public Shop getParent() {
        return parent;
    }

    @Override
    public boolean isBuilding() {
        return true;
    }

    @Override
    public File getRootDir() {
        return folder.toFile();
    }

    @Override
    public TestBuild getPreviousBuild() {
        return null;
    }

    @Override
    public void save() {}

    @Override
    public String getUrl() {
        return "job/shop/12/";
    }

    @Override
    public String getExternalizableId() {
        return "shop#" + NUMBER;
    }

    @Override
    public String getFullDisplayName() {
        return "shop #12";
    }

    @Override
    public Object getTarget() {
        return this;
    }

    @Override
    public int compareTo(TestBuild other) {
        return 0;
    }

    @Override
    public ACL getACL() {
        throw new UnsupportedOperationException();
    }
}
