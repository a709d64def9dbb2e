package hudson.console;

/** Signature of a link in a log. */
public class HyperlinkNote extends ConsoleNote {
    public HyperlinkNote(String url, int length) {}

    public static String encodeTo(String url, String text) {
        throw new UnsupportedOperationException();
    }
}
