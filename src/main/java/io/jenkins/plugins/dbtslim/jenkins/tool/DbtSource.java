package io.jenkins.plugins.dbtslim.jenkins.tool;

import hudson.ExtensionList;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.Node;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.dbtslim.dbt.DbtEnvironment;
import io.jenkins.plugins.dbtslim.dbt.result.DbtException;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Where the dbt of a step comes from: a named tool, a command, a virtual environment, or the PATH. Nothing that merely lies
 * in the workspace is ever taken, because a pull request writes there.
 */
@Restricted(NoExternalUse.class)
public final class DbtSource implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 20;
    private final String tool;
    private final String home;
    private final String executable;
    private final String venv;

    private DbtSource(String tool, String home, String executable, String venv) {
        this.tool = tool;
        this.home = home;
        this.executable = executable;
        this.venv = venv;
    }

    /** A command or an environment by its path on the agent, or the PATH if both are null. */
    public static DbtSource ofPath(String executable, String venv) {
        return new DbtSource(null, null, executable, venv);
    }

    /** The tool of that name, installed on the agent of the build if need be. */
    public static DbtSource ofTool(String name, StepSite site) throws IOException, InterruptedException {
        DbtInstallation tool = installations().stream()
                .filter(one -> one.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new UserException("There is no dbt tool \"" + name
                        + "\" in the global tool configuration; there is: " + names()));
        Computer computer = site.workspace().toComputer();
        Node node = computer == null ? null : computer.getNode();
        if (node == null) {
            throw new DbtException("The agent is away: the dbt tool \"" + name
                    + "\" could not be looked for: build again when it is back.");
        }
        Item top = site.run().getParent();
        while (top.getParent() instanceof Item folder) {
            top = folder;
        }
        DbtInstallation here =
                tool.within(scope(top.getName())).forNode(node, site.listener()).forEnvironment(site.env());
        String home = here.getHome();
        if (home == null || home.isBlank()) {
            throw new UserException("The dbt tool \"" + name + "\" has no folder on " + node.getDisplayName()
                    + ": set its installation directory, an installer, or a tool location of that node.");
        }
        return new DbtSource(name, home, null, null);
    }

    /** A folder's name that is short, portable and another one for each item. */
    static String scope(String item) {
        String plain = item.replaceAll("[^A-Za-z0-9_.-]+", "_");
        CRC32 sum = new CRC32();
        sum.update(item.getBytes(StandardCharsets.UTF_8));
        return plain.substring(0, Math.min(plain.length(), SHOWN)) + String.format("-%08x", sum.getValue());
    }

    /** To be called on the agent: what the driver is to start with. */
    public DbtEnvironment look() throws DbtException {
        if (tool != null) {
            return ToolFolder.look(tool, home);
        }
        if (executable != null) {
            return DbtEnvironment.executable(executable);
        }
        return venv != null ? DbtEnvironment.venv(venv) : DbtEnvironment.onPath();
    }

    /** The names of all tools, for forms; one that is gone stays chosen, or saving the form would mean another dbt. */
    public static ListBoxModel choices(String current) {
        ListBoxModel choices = new ListBoxModel();
        choices.add(Messages.DbtSource_none(), "");
        installations().forEach(tool -> choices.add(tool.getName(), tool.getName()));
        String chosen = current == null ? "" : current;
        if (choices.stream().noneMatch(choice -> choice.value.equals(chosen))) {
            choices.add(chosen, chosen);
        }
        return choices;
    }

    private static String names() {
        String names = installations().stream().map(DbtInstallation::getName).collect(Collectors.joining(", "));
        return names.isEmpty() ? "none." : names + ".";
    }

    private static List<DbtInstallation> installations() {
        return Arrays.asList(ExtensionList.lookupSingleton(DbtInstallation.DescriptorImpl.class)
                .getInstallations());
    }
}
