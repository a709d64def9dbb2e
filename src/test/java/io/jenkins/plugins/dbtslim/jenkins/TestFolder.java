package io.jenkins.plugins.dbtslim.jenkins;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.AbstractItem;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.security.ACL;
import hudson.security.Permission;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import jenkins.model.Jenkins;

/** A folder of jobs that only some may read; Jenkins itself reads all. */
public final class TestFolder extends AbstractItem implements ItemGroup<Item> {
    private final String name;
    private final ItemGroup<?> parent;
    private final Set<String> readers;
    private final Map<String, Item> items = new LinkedHashMap<>();

    private TestFolder(String name, ItemGroup<?> parent, Set<String> readers) {
        this.name = name;
        this.parent = parent;
        this.readers = readers;
    }

    /** One at the top. */
    public static TestFolder top(String name, String... readers) {
        TestFolder folder = new TestFolder(name, Jenkins.get(), Set.of(readers));
        Jenkins.top().put(name, folder);
        return folder;
    }

    /** A job in it. */
    public TestJob job(String job) {
        TestJob made = new TestJob(job, this);
        items.put(job, made);
        return made;
    }

    /** A job, with its last build. */
    public static final class TestJob extends Job<TestJob, TestBuild> {
        private final String name;
        private final ItemGroup<?> parent;
        private TestBuild last;

        TestJob(String name, ItemGroup<?> parent) {
            this.name = name;
            this.parent = parent;
        }

        /** One at the top. */
        public static TestJob top(String name) {
            TestJob job = new TestJob(name, Jenkins.get());
            Jenkins.top().put(name, job);
            return job;
        }

        /** Its next build, which keeps its files there. */
        public TestBuild build(java.nio.file.Path folder) {
            int number = last == null ? 1 : last.getNumber() + 1;
            last = new TestBuild(this, last, number, folder.resolve(name + "-" + number), false);
            return last;
        }

        /** Who asks is Jenkins itself. */
        @Override
        public boolean hasPermission(@NonNull Permission permission) {
            return true;
        }

        @Override
        public TestBuild getLastBuild() {
            return last;
        }

        @Override
        public String getName() {
            return name;
        }

        @Override
        public ItemGroup<?> getParent() {
            return parent;
        }

        @Override
        public boolean isBuildable() {
            return true;
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
    }

    @Override
    public Item getItem(String item) {
        String who = Jenkins.getAuthentication2().getName();
        return who.equals("SYSTEM") || readers.contains(who) ? items.get(item) : null;
    }

    @Override
    public Collection<Item> getItems() {
        return items.values();
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public ItemGroup<?> getParent() {
        return parent;
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
}
