package io.jenkins.plugins.dbtslim.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.dbtslim.jenkins.TestFolder.TestJob;
import java.nio.file.Path;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;

/** What a build may know of other jobs, by its place and by its identity. */
class ReadableItemsTest {
    @TempDir
    Path folder;

    private TestJob own;
    private TestJob neighbour;
    private TestJob hidden;
    private TestJob shared;
    private TestBuild build;

    @BeforeEach
    void plant() {
        TestFolder shop = TestFolder.top("shop");
        own = shop.job("PR-7");
        neighbour = shop.job("main");
        hidden = TestFolder.top("secret", "alice").job("main");
        shared = TestFolder.top("shared", "authenticated", "alice").job("main");
        build = own.build(folder);
    }

    @AfterEach
    void clear() {
        Jenkins.top().clear();
    }

    private static ACLContext as(String name) {
        return ACL.as2(new UsernamePasswordAuthenticationToken(name, ""));
    }

    @Test
    void itsOwnJobAndItsNeighboursWhoeverItIs() {
        for (String name : new String[] {"SYSTEM", "alice", "bob"}) {
            try (ACLContext unused = as(name)) {
                assertThat((Object) ReadableItems.job("PR-7", build)).isSameAs(own);
                assertThat((Object) ReadableItems.job("main", build)).isSameAs(neighbour);
                assertThat((Object) ReadableItems.job("/shop/main", build)).isSameAs(neighbour);
                assertThat((Object) ReadableItems.project("shop", build))
                        .isSameAs(Jenkins.top().get("shop"));
            }
        }
    }

    @Test
    void othersOnlyAsItsIdentityMayReadThem() {
        try (ACLContext unused = as("alice")) {
            assertThat((Object) ReadableItems.job("/secret/main", build)).isSameAs(hidden);
        }
        try (ACLContext unused = as("bob")) {
            assertThat((Object) ReadableItems.job("/secret/main", build)).isNull();
            assertThat((Object) ReadableItems.job("/shared/main", build)).isNull();
            assertThat((Object) ReadableItems.job("/none", build)).isNull();
        }
    }

    /** Jenkins' default: such a build has no identity, and is not taken for somebody who may see everything. */
    @Test
    void aBuildThatRunsAsSystemReadsWhatEverySignedInUserMay() {
        assertThat((Object) ReadableItems.job("/secret/main", build)).isNull();
        assertThat((Object) ReadableItems.job("/shared/main", build)).isSameAs(shared);
    }

    /** The top is no folder: everything lies there, and its jobs are no neighbours. */
    @Test
    void jobsAtTheTopAreNotNeighbours() {
        TestJob first = TestJob.top("first");
        TestJob second = TestJob.top("second");
        TestBuild top = first.build(folder);
        assertThat((Object) ReadableItems.job("first", top)).isSameAs(first);
        try (ACLContext unused = as("bob")) {
            assertThat(ReadableItems.project("", top)).isNull();
        }
        Item seen = ReadableItems.job("second", top);
        assertThat((Object) seen)
                .as("read as any signed-in user, who may read the top here")
                .isSameAs(second);
    }
}
