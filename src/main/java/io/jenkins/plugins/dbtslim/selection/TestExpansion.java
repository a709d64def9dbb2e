package io.jenkins.plugins.dbtslim.selection;

import io.jenkins.plugins.dbtslim.manifest.Manifest;
import io.jenkins.plugins.dbtslim.manifest.Resource;
import io.jenkins.plugins.dbtslim.manifest.Section;
import io.jenkins.plugins.dbtslim.selection.Spec.Criterion;
import java.util.BitSet;

/** Lets tests join a selection, by the mode of indirect selection. */
final class TestExpansion {
    private final Lineage lineage;
    private final BitSet sources = new BitSet();

    TestExpansion(Manifest current, Lineage lineage) {
        this.lineage = lineage;
        for (Resource resource : current.resources()) {
            if (resource.section() == Section.SOURCES && lineage.number(resource.uniqueId()) >= 0) {
                sources.set(lineage.number(resource.uniqueId()));
            }
        }
    }

    /** The selected vertices with the tests that join at once, and the tests that may join later. */
    Evaluation.Selected expand(BitSet selected, IndirectSelection mode) {
        BitSet direct = (BitSet) selected.clone();
        BitSet indirect = new BitSet();
        BitSet enough = selected;
        if (mode == IndirectSelection.BUILDABLE) {
            enough = withAncestors(selected);
            enough.or(sources);
        }
        for (int v = selected.nextSetBit(0); v >= 0; v = selected.nextSetBit(v + 1)) {
            for (int child : lineage.children(v)) {
                if (isTest(child)) {
                    boolean joins = mode == IndirectSelection.EAGER || allParentsIn(child, enough);
                    (joins ? direct : indirect).set(child);
                }
            }
        }
        return new Evaluation.Selected(direct, indirect);
    }

    /** After sets were combined: adds the data tests on offer all of whose parents are there now. */
    void incorporate(BitSet direct, BitSet indirect, IndirectSelection mode) {
        boolean cautious = mode == IndirectSelection.CAUTIOUS;
        if ((!cautious && mode != IndirectSelection.BUILDABLE) || direct.equals(indirect)) {
            return;
        }
        BitSet enough = cautious ? (BitSet) direct.clone() : withAncestors(direct);
        for (int v = indirect.nextSetBit(0); v >= 0; v = indirect.nextSetBit(v + 1)) {
            if (lineage.vertex(v).section() == Section.NODES && allParentsIn(v, enough)) {
                direct.set(v);
            }
        }
    }

    private BitSet withAncestors(BitSet of) {
        BitSet all = lineage.ancestors(of, Criterion.ALL);
        all.or(of);
        return all;
    }

    /** Counts also parents that are no vertices: these are never in a selection. */
    private boolean allParentsIn(int test, BitSet set) {
        for (String parent : lineage.vertex(test).dependsOn()) {
            int number = lineage.number(parent);
            if (number < 0 || !set.get(number)) {
                return false;
            }
        }
        return true;
    }

    private boolean isTest(int vertex) {
        String type = lineage.vertex(vertex).resourceType();
        return type.equals("test") || type.equals("unit_test");
    }
}
