package io.jenkins.plugins.dbtslim.report;

/** Signs and CSS names of what a colour tells, for those who do not see the colour. */
final class Signs {
    private Signs() {}

    /** A sign that tells the kind without its colour. */
    static String glyph(ChangeKind kind) {
        return switch (kind) {
            case NEW -> "+";
            case MODIFIED -> "~";
            case RENAMED -> "→";
            case REMOVED -> "−";
            case DOWNSTREAM -> "↓";
            case UNCHANGED -> "=";
        };
    }

    static String key(NodeRun.Result result) {
        return switch (result) {
            case OK -> "ok";
            case WARNED -> "warned";
            case FAILED -> "failed";
            case SKIPPED -> "skipped";
        };
    }

    static String glyph(NodeRun.Result result) {
        return switch (result) {
            case OK -> "✓";
            case WARNED -> "!";
            case FAILED -> "✗";
            case SKIPPED -> "»";
        };
    }
}
