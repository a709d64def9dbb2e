package io.jenkins.plugins.dbtslim.manifest;

/**
 * What a manifest may cost at most; one that goes beyond is refused with a sentence. Manifests come from pull requests.
 *
 * @param depth nesting of JSON values, 1 to 1000 (more could overflow a thread's stack)
 * @param valueBytes bytes in the file of one value that is kept (a name, a config, a macro), 64 kB or more; texts that are
 *     only compared or skipped, such as SQL, have any length
 * @param retained bytes of memory, about, that the index of one manifest may hold
 * @param fileBytes bytes of the file, after decompression
 */
public record ReadLimits(int depth, int valueBytes, long retained, long fileBytes) {
    /** Name of the system property for each limit: {@code -Ddbtslim.read.depth=200}, and so on. */
    static final String DEPTH = "dbtslim.read.depth";

    static final String VALUE_BYTES = "dbtslim.read.valueBytes";
    static final String RETAINED = "dbtslim.read.indexBytes";
    static final String FILE_BYTES = "dbtslim.read.fileBytes";

    public ReadLimits {
        check(DEPTH, depth, 1, 1000);
        check(VALUE_BYTES, valueBytes, JsonBytes.SIZE, 1 << 30);
        check(RETAINED, retained, 1, Long.MAX_VALUE);
        check(FILE_BYTES, fileBytes, 1, Long.MAX_VALUE);
    }

    /**
     * The limits that system properties of this JVM set, and else such as fit its heap: an index within a quarter of it,
     * and no limit on the size of the file.
     *
     * @throws IllegalArgumentException one sentence, if a property is no number or beyond its range
     */
    public static ReadLimits defaults() {
        long heap = Runtime.getRuntime().maxMemory();
        long value = Math.max(JsonBytes.SIZE, Math.min(128L << 20, heap / 16));
        return new ReadLimits(
                (int) Math.min(Integer.MAX_VALUE, property(DEPTH, 1000)),
                (int) Math.min(Integer.MAX_VALUE, property(VALUE_BYTES, value)),
                property(RETAINED, heap / 4),
                property(FILE_BYTES, Long.MAX_VALUE));
    }

    private static long property(String name, long otherwise) {
        String text = System.getProperty(name);
        try {
            return text == null ? otherwise : Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is a whole number, not \"" + text + "\".", e);
        }
    }

    private static void check(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is from " + least + " to " + most + ", not " + value + ".");
        }
    }

    /** The end of a sentence that tells how to raise a limit. */
    static String raise(String property) {
        return " (raise it with -D" + property + "=… if this is meant)";
    }
}
