package io.jenkins.plugins.dbtslim.dbt;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The processes of a run on this machine: the driver, which has the plan as an argument; what it started, by a variable that
 * the driver sets and they inherit (Linux tells that of every process of the same user, also of one whose parents are gone);
 * and what those started. Elsewhere than on Linux, only what still descends from the driver is known.
 */
public final class RunProcesses {
    /** Holds the plan's path in what the driver starts. */
    private static final String VARIABLE = "DBT_SLIM_PLAN";

    private static final Path PROC = Path.of("/proc");
    private static final Duration TO_DIE = Duration.ofSeconds(10);
    private static final int PAUSE_MILLIS = 200;
    private final String plan;

    /** Of the run that was installed into this folder. */
    public RunProcesses(Path folder) {
        this.plan = folder.resolve(DbtDriver.PLAN).toString();
    }

    /**
     * How it was with ending them.
     *
     * @param drivers that had to be ended by force
     * @param others that were left behind and were ended by force
     * @param left what is there still: each by its {@link #name}
     */
    public record Ended(int drivers, int others, List<String> left) implements Serializable {
        private static final long serialVersionUID = 1L;

        public Ended {
            left = new ArrayList<>(left);
        }
    }

    /** The processes that run the plan. */
    public List<ProcessHandle> drivers() {
        return ProcessHandle.allProcesses().filter(this::isDriver).toList();
    }

    /**
     * Waits for the drivers to end, and ends by force what is left of the run then.
     *
     * @param signal whether the drivers are still to be told to end
     * @param patience with them
     */
    public Ended end(boolean signal, Duration patience) throws InterruptedException {
        List<ProcessHandle> drivers = drivers();
        Set<ProcessHandle> all = new LinkedHashSet<>(all());
        if (signal) {
            drivers.forEach(ProcessHandle::destroy);
        }
        await(drivers, patience);
        all.addAll(all()); // what was started meanwhile; what was known may have lost its parents by now
        List<ProcessHandle> left = alive(all);
        left.forEach(ProcessHandle::destroyForcibly);
        await(left, TO_DIE);
        int forced = (int) left.stream().filter(drivers::contains).count();
        return new Ended(
                forced,
                left.size() - forced,
                alive(left).stream().map(RunProcesses::name).toList());
    }

    /** Whether one of the processes is there still. */
    public static boolean isThere(Collection<String> names) {
        return names.stream()
                .map(name -> ProcessHandle.of(Long.parseLong(name.replaceFirst("@.*", "")))
                        .filter(process -> name(process).equals(name) && isAlive(process)))
                .anyMatch(found -> found.isPresent());
    }

    /** Its number and when it began, because numbers are given again. */
    private static String name(ProcessHandle process) {
        return process.pid()
                + process.info()
                        .startInstant()
                        .map(start -> "@" + start.toEpochMilli())
                        .orElse("");
    }

    private Set<ProcessHandle> all() {
        Set<ProcessHandle> all = new LinkedHashSet<>();
        ProcessHandle.allProcesses()
                .filter(process -> isDriver(process) || hasVariable(process))
                .forEach(process -> {
                    all.add(process);
                    process.descendants().forEach(all::add);
                });
        all.remove(ProcessHandle.current());
        return all;
    }

    private boolean isDriver(ProcessHandle process) {
        return process.info()
                .arguments()
                .map(arguments -> List.of(arguments).contains(plan))
                .orElse(false);
    }

    private boolean hasVariable(ProcessHandle process) {
        Path environment = PROC.resolve(process.pid() + "/environ");
        try {
            String variables = Files.readString(environment, StandardCharsets.ISO_8859_1);
            byte[] wanted = (VARIABLE + "=" + plan).getBytes(StandardCharsets.UTF_8);
            return Stream.of(variables.split("\0")).anyMatch(new String(wanted, StandardCharsets.ISO_8859_1)::equals);
        } catch (IOException e) {
            return false; // not Linux, another user's, or gone
        }
    }

    private static void await(List<ProcessHandle> processes, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!alive(processes).isEmpty() && System.nanoTime() < end) {
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private static List<ProcessHandle> alive(Collection<ProcessHandle> processes) {
        return processes.stream().filter(RunProcesses::isAlive).toList();
    }

    /** One that ended and that nobody has waited for is as good as gone: in a container nobody may ever do it. */
    private static boolean isAlive(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        try {
            String state = Files.readString(PROC.resolve(process.pid() + "/stat"), StandardCharsets.ISO_8859_1);
            return !state.substring(state.lastIndexOf(')') + 1).startsWith(" Z");
        } catch (IOException e) {
            return process.isAlive();
        }
    }
}
