package io.jenkins.plugins.dbtslim.cli;

import picocli.CommandLine.IVersionProvider;

/** Says the version that the jar's manifest carries. */
final class DbtSlimVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = DbtSlim.class.getPackage().getImplementationVersion();
        return new String[] {"dbt-slim " + (version == null ? "(unpackaged)" : version)};
    }
}
