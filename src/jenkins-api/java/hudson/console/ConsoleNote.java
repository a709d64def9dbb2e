package hudson.console;

import hudson.ExtensionPoint;
import hudson.model.Describable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.Writer;
import java.util.Collection;
import java.util.List;

/** Signature of markup in a log. */
public abstract class ConsoleNote<T> implements Serializable, Describable<ConsoleNote<?>>, ExtensionPoint {
    public void encodeTo(OutputStream out) throws IOException {
        throw new UnsupportedOperationException();
    }

    public void encodeTo(Writer out) throws IOException {
        throw new UnsupportedOperationException();
    }

    public String encode() throws IOException {
        throw new UnsupportedOperationException();
    }

    public static int findPreamble(byte[] buf, int start, int len) {
        throw new UnsupportedOperationException();
    }

    public static List<String> removeNotes(Collection<String> logLines) {
        throw new UnsupportedOperationException();
    }

    public static String removeNotes(String line) {
        throw new UnsupportedOperationException();
    }
}
