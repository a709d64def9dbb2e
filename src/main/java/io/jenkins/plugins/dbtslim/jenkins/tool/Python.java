package io.jenkins.plugins.dbtslim.jenkins.tool;

import io.jenkins.plugins.dbtslim.dbt.result.DbtException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Python of an agent.
 *
 * @param command that starts it
 * @param version such as {@code 3.11.2}
 * @param identity all that an environment made with it depends on
 */
record Python(String command, String version, String identity) {
    private static final int[] OLDEST = {3, 9};
    private static final Pattern ANSWER = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)\\|[^|]+\\|.+");

    /**
     * Asks it.
     *
     * @throws DbtException with a sentence when there is none, or too old a one
     */
    static Python find(CommandLine commands, String command) throws IOException, InterruptedException {
        CommandLine.Ended answer;
        try {
            answer = commands.run(PythonCommands.probe(command));
        } catch (DbtException e) {
            throw e;
        } catch (IOException e) {
            throw new DbtException(
                    "There is no " + command
                            + " on the agent: install Python 3.9 or newer there, or name its path in the"
                            + " installer of the dbt tool.",
                    e);
        }
        return of(command, answer.lines());
    }

    static Python of(String command, List<String> answer) throws DbtException {
        String last = answer.isEmpty() ? "" : answer.get(answer.size() - 1);
        Matcher matcher = ANSWER.matcher(last);
        if (!matcher.matches()) {
            throw new DbtException(command + " on the agent is no Python that works: it answered \"" + last + "\".");
        }
        int[] version = {Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))};
        if (Arrays.compare(version, OLDEST) < 0) {
            throw new DbtException(command + " on the agent is Python " + version[0] + "." + version[1]
                    + ": dbt needs Python 3.9 or newer; name the path of one in the installer of the dbt tool.");
        }
        return new Python(command, last.substring(0, last.indexOf('|')), last);
    }
}
