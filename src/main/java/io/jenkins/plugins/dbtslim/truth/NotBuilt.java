package io.jenkins.plugins.dbtslim.truth;

/** Why production has not got a node as the project asks for it. */
public enum NotBuilt {
    /** dbt began it and it failed, or the test did not pass. */
    FAILED("failed"),
    /** dbt skipped it, because what it reads failed. */
    SKIPPED("skipped"),
    /** It differs, and the run did not select it: a narrower selection, or excluded. */
    NOT_SELECTED("not selected"),
    /** The database dropped it with what it reads from, and the run did not select it. */
    DROPPED("dropped with what it reads from"),
    /** The run was aborted while it was at work: what it left in production is not known. */
    INTERRUPTED("interrupted"),
    /** The run ended before it was its turn. */
    NOT_REACHED("not reached"),
    /** It was built with a part of its rows only: {@code --empty}, {@code --sample}. */
    NARROWED("built without all of its rows"),
    /** A unit test of it was to run and did not, because dbt runs it along with its model only. */
    UNTESTED("unit test not run");

    private final String words;

    NotBuilt(String words) {
        this.words = words;
    }

    /** Such as {@code failed}. */
    public String words() {
        return words;
    }
}
