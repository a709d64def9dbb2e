package io.jenkins.plugins.dbtslim.jenkins.step.doctor;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import io.jenkins.plugins.dbtslim.dbt.DbtEnvironment;
import io.jenkins.plugins.dbtslim.doctor.DbtProbe;
import io.jenkins.plugins.dbtslim.doctor.Finding;
import io.jenkins.plugins.dbtslim.doctor.FindingTable;
import io.jenkins.plugins.dbtslim.doctor.Level;
import io.jenkins.plugins.dbtslim.doctor.StoreProbe;
import io.jenkins.plugins.dbtslim.io.AgentLimits;
import io.jenkins.plugins.dbtslim.io.Heartbeat;
import io.jenkins.plugins.dbtslim.io.LimitedOutput;
import io.jenkins.plugins.dbtslim.io.UserException;
import io.jenkins.plugins.dbtslim.jenkins.StepSite;
import io.jenkins.plugins.dbtslim.jenkins.agent.RunFolder;
import io.jenkins.plugins.dbtslim.jenkins.config.DbtSlimConfiguration;
import io.jenkins.plugins.dbtslim.jenkins.credentials.SecretEnvironment;
import io.jenkins.plugins.dbtslim.jenkins.engine.RunSettings;
import io.jenkins.plugins.dbtslim.jenkins.store.FetchedState;
import io.jenkins.plugins.dbtslim.jenkins.store.Stores;
import io.jenkins.plugins.dbtslim.jenkins.tool.DbtSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The looks of a step, for Pipeline and freestyle alike; what keeps one from looking is a finding and fails nothing. */
final class Doctor {
    /** Of a shell, and of what starts programs in containers. */
    private static final int NOT_EXECUTABLE = 126;

    private static final int NOT_FOUND = 127;

    private final DoctorStep step;
    private final StepSite site;
    private final List<Finding> findings = new ArrayList<>();

    private Doctor(DoctorStep step, StepSite site) {
        this.step = step;
        this.site = site;
    }

    /** Looks, and prints the table; what was found, for scripts. */
    static Map<String, Object> run(DoctorStep step, StepSite site) throws IOException, InterruptedException {
        return StepSite.withSentences(() -> {
            step.check();
            if (site.workspace() == null) {
                throw new AbortException(Messages.Doctor_agentAway());
            }
            try (Heartbeat heartbeat = Heartbeat.during("Looking", site.log()::println)) {
                return new Doctor(step, site).look();
            }
        });
    }

    private Map<String, Object> look() throws IOException, InterruptedException {
        List<Finding> around = site.workspace().act(new DoctorCallable(state()));
        findings.add(around.get(0));
        SecretEnvironment secrets = secrets();
        findings.addAll(dbt(secrets));
        findings.add(around.get(1));
        findings.addAll(store());
        List<Finding> told = findings.stream().map(one -> masked(one, secrets)).toList();
        site.log().print(new FindingTable(told).text());
        Set<String> problems = told.stream()
                .filter(one -> one.level() == Level.PROBLEM)
                .map(Finding::check)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (step.isFailOnProblem() && !problems.isEmpty()) {
            throw new AbortException(Messages.Doctor_problems(String.join(", ", problems)));
        }
        return toMap(told, problems);
    }

    private String state() {
        FetchedState.Entry fetched = FetchedState.ofPath(site, step.getState());
        if (fetched != null && fetched.isFullBuild()) {
            return null;
        }
        return step.getState() != null || fetched == null ? step.getState() : fetched.path();
    }

    /** Without a log-in the other looks still tell something. */
    private SecretEnvironment secrets() throws IOException, InterruptedException {
        try {
            SecretEnvironment secrets = RunSettings.of(
                            step,
                            null,
                            false,
                            site.env(),
                            DbtSlimConfiguration.get().getHost())
                    .secrets(step, site);
            if (step.getCredentialsId() != null) {
                findings.add(Finding.ok("log-in", "\"" + step.getCredentialsId() + "\""));
            }
            return secrets;
        } catch (AbortException | UserException e) {
            findings.add(Finding.problem("log-in", e.getMessage(), ""));
            return SecretEnvironment.of(site.env(), site.sensitive());
        }
    }

    private List<Finding> dbt(SecretEnvironment secrets) throws IOException, InterruptedException {
        FilePath folder = RunFolder.of(site.workspace(), site.run().getNumber(), "doctor-" + UUID.randomUUID());
        try {
            site.workspace().mkdirs(); // the first step on a fresh agent finds none, and a process must be somewhere
            DbtSource source = step.source(site);
            List<String> command = folder.act(new InstallDoctorCallable(
                    step.plan(site.workspace().getRemote()).build(), source, List.copyOf(secrets.names())));
            return looked(command, secrets);
        } catch (IOException e) {
            return List.of(Finding.problem("Python", e.getMessage(), ""));
        } finally {
            folder.deleteRecursive();
        }
    }

    /** What the program printed, its errors included; a project's code runs in it. */
    private List<Finding> looked(List<String> command, SecretEnvironment secrets)
            throws IOException, InterruptedException {
        EnvVars variables = new EnvVars(site.env());
        variables.putAll(secrets.plain());
        variables.put("PYTHONIOENCODING", "utf-8");
        DbtProbe probe = new DbtProbe();
        LimitedOutput out = new LimitedOutput(probe, AgentLimits.LOOK_BYTES);
        long since = System.nanoTime();
        long seconds = AgentLimits.LOOK_TIME.toSeconds();
        Finding unstarted;
        try {
            int status = site.launcher()
                    .launch()
                    .cmds(command)
                    .envs(variables)
                    .pwd(site.workspace())
                    .stdout(out)
                    .quiet(true)
                    .start()
                    .joinWithTimeout(seconds, TimeUnit.SECONDS, site.listener());
            unstarted = unstarted(command.get(0), status, null);
        } catch (IOException e) {
            unstarted = unstarted(command.get(0), 0, e);
        }
        if (unstarted != null) {
            return List.of(unstarted);
        }
        List<Finding> found = new ArrayList<>(probe.findings(command.get(0)));
        if (out.isExceeded() || System.nanoTime() - since >= TimeUnit.SECONDS.toNanos(seconds)) {
            found.add(Finding.problem(
                    "Python",
                    out.isExceeded()
                            ? Messages.Doctor_tooMuch(AgentLimits.LOOK_BYTES)
                            : Messages.Doctor_tooLong(seconds),
                    Messages.Doctor_lookAtPlugins()));
        }
        return found;
    }

    /**
     * What to say where Python is not where it was to be started: the machine of the agent says so by an exception, a
     * container by the status of the program that was to bring it in there.
     *
     * @param failure null if something was started
     */
    static Finding unstarted(String python, int status, @CheckForNull IOException failure) throws IOException {
        boolean named = failure != null && String.valueOf(failure.getMessage()).startsWith("Cannot run program");
        if (failure != null && !named) {
            throw failure;
        }
        return named || status == NOT_EXECUTABLE || status == NOT_FOUND
                ? Finding.problem("Python", DbtEnvironment.noPython(python), "")
                : null;
    }

    private List<Finding> store() throws InterruptedException {
        if (step.getFrom() == null) {
            return List.of(Finding.skipped("store", "none was named (from)"));
        }
        try {
            return StoreProbe.look(Stores.open(step.getFrom(), step.fetch(), site));
        } catch (IOException e) {
            return List.of(Finding.problem("store", e.getMessage(), ""));
        }
    }

    private static Finding masked(Finding finding, SecretEnvironment secrets) {
        return new Finding(
                finding.check(),
                finding.level(),
                secrets.mask().mask(finding.found()),
                secrets.mask().mask(finding.advice()));
    }

    /** Plain types only. */
    private static Map<String, Object> toMap(List<Finding> findings, Set<String> problems) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("ok", problems.isEmpty());
        map.put("problems", new ArrayList<>(problems));
        map.put(
                "findings",
                new ArrayList<>(findings.stream().map(Finding::toMap).toList()));
        return map;
    }
}
