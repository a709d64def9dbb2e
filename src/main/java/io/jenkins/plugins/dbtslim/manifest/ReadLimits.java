package io.jenkins.plugins.dbtslim.manifest;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;

/**
 * What a manifest may cost at most; one that goes beyond is refused with a sentence. Manifests come from pull requests.
 *
 * @param depth nesting of JSON values, 1 to 1000 (more could overflow a thread's stack)
 * @param valueBytes characters of one text that is kept or compared (a name, the code of a model), 64 k or more; texts that
 *     are skipped have any length
 * @param retained bytes of memory, about, that the index of one manifest may hold
 * @param fileBytes bytes of the file, after decompression
 */
public record ReadLimits(int depth, int valueBytes, long retained, long fileBytes) {
    /** Name of the system property for each limit: {@code -Ddbtslim.read.depth=200}, and so on. */
    static final String DEPTH = "dbtslim.read.depth";

    static final String VALUE_BYTES = "dbtslim.read.valueBytes";
    static final String RETAINED = "dbtslim.read.indexBytes";
    static final String FILE_BYTES = "dbtslim.read.fileBytes";

    private static final int LEAST_TEXT = 1 << 16;
    private static final int LONGEST_NUMBER = 10_000;

    /**
     * The limits that system properties of this JVM set, and else such as fit its heap: an index within a quarter of it,
     * and no limit on the size of the file.
     *
     * @throws ManifestException if a property is no number or beyond its range
     */
    public static ReadLimits defaults() throws ManifestException {
        long heap = Runtime.getRuntime().maxMemory();
        long value = Math.max(LEAST_TEXT, Math.min(128L << 20, heap / 16));
        return new ReadLimits(
                (int) property(DEPTH, 1000, 1, 1000),
                (int) property(VALUE_BYTES, value, LEAST_TEXT, 1 << 30),
                property(RETAINED, heap / 4, 1, Long.MAX_VALUE),
                property(FILE_BYTES, Long.MAX_VALUE, 1, Long.MAX_VALUE));
    }

    private static long property(String name, long otherwise, long least, long most) throws ManifestException {
        String text = System.getProperty(name);
        if (text == null) {
            return otherwise;
        }
        long value;
        try {
            value = Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new ManifestException(name + " is a whole number, not \"" + text + "\".", e);
        }
        if (value < least || value > most) {
            throw new ManifestException(name + " is from " + least + " to " + most + ", not " + value + ".");
        }
        return value;
    }

    /** The same for the parser, with sentences that say what to do. */
    StreamReadConstraints constraints() {
        return new Constraints(this);
    }

    /** Jackson's own sentences name its methods, and no property. */
    private static final class Constraints extends StreamReadConstraints {
        private static final long serialVersionUID = 1L;

        Constraints(ReadLimits limits) {
            super(limits.depth, limits.fileBytes, LONGEST_NUMBER, limits.valueBytes, limits.valueBytes, Long.MAX_VALUE);
        }

        @Override
        public void validateNestingDepth(int depth) throws StreamConstraintsException {
            if (depth > _maxNestingDepth) {
                throw new StreamConstraintsException("values are nested more than " + _maxNestingDepth + " deep");
            }
        }

        @Override
        public void validateDocumentLength(long length) throws StreamConstraintsException {
            if (length > _maxDocLen) {
                throw new StreamConstraintsException(
                        "it is larger than the limit of " + _maxDocLen + " bytes" + raise(FILE_BYTES));
            }
        }

        @Override
        public void validateStringLength(int length) throws StreamConstraintsException {
            if (length > _maxStringLen) {
                throw new StreamConstraintsException(
                        "one value takes more than " + _maxStringLen + " characters" + raise(VALUE_BYTES));
            }
        }

        @Override
        public void validateNameLength(int length) throws StreamConstraintsException {
            validateStringLength(length);
        }

        @Override
        public void validateIntegerLength(int length) throws StreamConstraintsException {
            if (length > _maxNumLen) {
                throw new StreamConstraintsException("a number of more than " + _maxNumLen + " digits");
            }
        }

        @Override
        public void validateFPLength(int length) throws StreamConstraintsException {
            validateIntegerLength(length);
        }
    }

    /** The end of a sentence that tells how to raise a limit. */
    static String raise(String property) {
        return " (raise it with -D" + property + "=… if this is meant)";
    }
}
