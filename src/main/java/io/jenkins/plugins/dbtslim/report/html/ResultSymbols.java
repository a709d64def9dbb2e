package io.jenkins.plugins.dbtslim.report.html;

import io.jenkins.plugins.dbtslim.report.data.ChangeKind;
import io.jenkins.plugins.dbtslim.report.data.NodeRun;

/** Signs and CSS names of what a colour tells, for those who do not see the colour. */
public final class ResultSymbols {
    private ResultSymbols() {}

    /** A sign that tells the kind without its colour. */
    public static String glyph(ChangeKind kind) {
        return switch (kind) {
            case NEW -> "+";
            case MODIFIED -> "~";
            case RENAMED -> "→";
            case REMOVED -> "−";
            case DOWNSTREAM -> "↓";
            case UNCHANGED -> "=";
        };
    }

    /** A sign for tests of a node that failed, with their number where there is room. */
    public static String failedTests(int count) {
        return "✗" + (count < 100 ? count : "…");
    }

    public static String key(NodeRun.Result result) {
        return switch (result) {
            case OK -> "ok";
            case WARNED -> "warned";
            case FAILED -> "failed";
            case SKIPPED -> "skipped";
        };
    }

    public static String glyph(NodeRun.Result result) {
        return switch (result) {
            case OK -> "✓";
            case WARNED -> "!";
            case FAILED -> "✗";
            case SKIPPED -> "»";
        };
    }
}
