package io.jenkins.plugins.dbtslim.jenkins.agent;

import java.util.List;
import java.util.stream.Collectors;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Writes a command line as a script that becomes that command: a signal then reaches it and no shell in between. */
@Restricted(NoExternalUse.class)
public final class DriverScript {
    private DriverScript() {}

    /** For sh. The first line keeps Jenkins from echoing each command. */
    public static String shell(List<String> command) {
        return "#!/bin/sh -e\nexec "
                + command.stream()
                        .map(word -> "'" + word.replace("'", "'\\''") + "'")
                        .collect(Collectors.joining(" "))
                + "\n";
    }

    /** For cmd.exe, which expands % even within quotes. */
    public static String batch(List<String> command) {
        return "@echo off\r\n"
                + command.stream()
                        .map(word -> "\"" + word.replace("%", "%%") + "\"")
                        .collect(Collectors.joining(" "))
                + "\r\nexit /b %ERRORLEVEL%\r\n";
    }
}
