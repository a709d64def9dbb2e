package io.jenkins.plugins.dbtslim.jenkins.tool;

import hudson.EnvVars;
import hudson.Extension;
import hudson.model.EnvironmentSpecific;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.slaves.NodeSpecific;
import hudson.tools.ToolDescriptor;
import hudson.tools.ToolInstallation;
import hudson.tools.ToolProperty;
import java.io.IOException;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;

/** A named dbt: the folder of a Python environment, or one with a dbt command in it. */
@Restricted(NoExternalUse.class)
public final class DbtInstallation extends ToolInstallation
        implements NodeSpecific<DbtInstallation>, EnvironmentSpecific<DbtInstallation> {
    private static final long serialVersionUID = 1L;
    /** The scope of a use that names no item, as the directive {@code tools} of a declarative Pipeline. */
    static final String EVERYONE = "all";

    /** Null for everyone, as in all that is stored. */
    private final String scope;

    @DataBoundConstructor
    public DbtInstallation(String name, String home, List<? extends ToolProperty<?>> properties) {
        this(name, home, properties, null);
    }

    private DbtInstallation(String name, String home, List<? extends ToolProperty<?>> properties, String scope) {
        super(name, home, properties);
        this.scope = scope;
    }

    /** Name of a folder for those who share what is installed. */
    String scope() {
        return scope == null ? EVERYONE : scope;
    }

    /** This tool for those who share a folder of that name. */
    DbtInstallation within(String newScope) {
        return new DbtInstallation(getName(), getHome(), getProperties().toList(), newScope);
    }

    @Override
    public DbtInstallation forNode(Node node, TaskListener log) throws IOException, InterruptedException {
        return new DbtInstallation(
                getName(), translateFor(node, log), getProperties().toList(), scope);
    }

    @Override
    public DbtInstallation forEnvironment(EnvVars environment) {
        return new DbtInstallation(
                getName(), environment.expand(getHome()), getProperties().toList(), scope);
    }

    @Override
    public void buildEnvVars(EnvVars env) {
        String home = getHome();
        if (home != null) {
            env.put("PATH+DBT", ToolFolder.commands(home));
        }
    }

    /** The list of dbt tools in the global configuration. */
    @Extension
    @Symbol("dbt")
    public static final class DescriptorImpl extends ToolDescriptor<DbtInstallation> {
        public DescriptorImpl() {
            load();
        }

        @Override
        public String getDisplayName() {
            return Messages.DbtInstallation_displayName();
        }

        @Override
        public void setInstallations(DbtInstallation... installations) {
            super.setInstallations(installations);
            save();
        }
    }
}
