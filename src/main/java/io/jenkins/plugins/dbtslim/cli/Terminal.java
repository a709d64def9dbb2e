package io.jenkins.plugins.dbtslim.cli;

import java.io.Console;

/** Whether a person looks at what is printed. */
final class Terminal {
    private Terminal() {}

    /** True where input and output are a terminal, and the user did not ask for no colours (https://no-color.org). */
    static boolean takesColours() {
        String kind = System.getenv().getOrDefault("TERM", "dumb");
        return isInteractive() && !kind.equals("dumb") && System.getenv("NO_COLOR") == null;
    }

    /** What dbt is to be told of colours, which it gives even where no terminal is; null for its own choice. */
    static Boolean colours() {
        return takesColours() ? null : Boolean.FALSE;
    }

    @SuppressWarnings("SystemConsoleNull") // the newer rule is looked at, too
    private static boolean isInteractive() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try { // since Java 22 there is a console always, and it tells what it is
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
