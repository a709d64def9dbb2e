package io.jenkins.plugins.dbtslim.jenkins.tool;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.tools.ToolInstallation;
import hudson.tools.ToolInstaller;
import hudson.tools.ToolInstallerDescriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.jenkins.FormPermissions;
import io.jenkins.plugins.dbtslim.jenkins.FormText;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import java.io.IOException;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * Makes a dbt tool from the text of a requirements file. Each agent has the environment once for each top-level item of the
 * builds that use it: builds write where they like on an agent, and those of one folder shall not reach those of another.
 */
@Restricted(NoExternalUse.class)
public class RequirementsInstaller extends ToolInstaller {
    private final String requirements;
    private String python;

    @DataBoundConstructor
    public RequirementsInstaller(String label, String requirements) {
        super(label);
        this.requirements = requirements;
    }

    /** The text: a package with its versions a line. */
    public String getRequirements() {
        return requirements;
    }

    /** The Python that the environment is made with, or null for python3 (on Windows, python) of the agent's PATH. */
    @CheckForNull
    public String getPython() {
        return python;
    }

    @DataBoundSetter
    public void setPython(String python) {
        this.python = FormText.orNull(python);
    }

    @Override
    public FilePath performInstallation(ToolInstallation tool, Node node, TaskListener log)
            throws IOException, InterruptedException {
        return StepSite.withSentences(() -> {
            String text =
                    Requirements.parse(requirements == null ? "" : requirements).text();
            FilePath root = node.getRootPath();
            Computer computer = node.toComputer();
            if (root == null || computer == null) {
                throw new AbortException(
                        "The agent " + node.getDisplayName() + " is away: build again when it is back.");
            }
            String scope = tool instanceof DbtInstallation dbt ? dbt.scope() : DbtInstallation.EVERYONE;
            EnvVars environment = new EnvVars(computer.getEnvironment());
            environment.overrideExpandingAll(computer.buildEnvironment(log));
            FilePath base = root.child("tools").child("dbt-slim").child(scope);
            return base.child(base.act(new MakeEnvironment(tool.getName(), text, python, environment, log)));
        });
    }

    /** Offers it for dbt tools only. */
    @Extension
    @Symbol("dbtRequirements")
    public static final class DescriptorImpl extends ToolInstallerDescriptor<RequirementsInstaller> {
        @Override
        public String getDisplayName() {
            return Messages.RequirementsInstaller_displayName();
        }

        @Override
        public boolean isApplicable(Class<? extends ToolInstallation> toolType) {
            return toolType == DbtInstallation.class;
        }

        /** Says which line is refused. */
        @POST
        public FormValidation doCheckRequirements(@QueryParameter String value) {
            if (FormPermissions.mayAdminister()) {
                try {
                    Requirements.parse(value == null ? "" : value);
                } catch (UserException e) {
                    return FormValidation.error(e.getMessage());
                }
            }
            return FormValidation.ok();
        }
    }
}
