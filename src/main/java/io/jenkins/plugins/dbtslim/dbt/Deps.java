package io.jenkins.plugins.dbtslim.dbt;

/**
 * Whether the packages that the project wants ({@code packages.yml}) are installed before dbt reads it. Its names are those
 * of the option {@code deps}.
 */
public enum Deps {
    /** Where those that are there are not the ones that its files say. */
    auto,
    /** Anew by {@code dbt deps}, whatever is there. */
    always,
    /** They are somebody else's business. */
    never
}
