package io.jenkins.plugins.checks.api;

/** Signature of the words of a check. */
public class ChecksOutput {
    public ChecksOutput(ChecksOutput that) {}

    /** Signature of what makes them. */
    public static class ChecksOutputBuilder {
        public ChecksOutputBuilder() {}

        public ChecksOutputBuilder withTitle(String title) {
            throw new UnsupportedOperationException();
        }

        public ChecksOutputBuilder withSummary(String summary) {
            throw new UnsupportedOperationException();
        }

        public ChecksOutput build() {
            throw new UnsupportedOperationException();
        }
    }
}
