package io.jenkins.plugins.dbtslim.manifest;

/**
 * What a manifest may cost at most; one that goes beyond is refused with a sentence. Manifests come from pull requests.
 *
 * @param depth nesting of JSON values
 * @param stringLength characters of one string that has to be looked at (SQL, a description); others, such as compiled
 *     code, are skipped whatever their length
 * @param retained bytes of memory, about, that the index of one manifest may hold
 * @param fileBytes bytes of the file, after decompression
 */
public record ReadLimits(int depth, int stringLength, long retained, long fileBytes) {
    /** Limits that fit this JVM's heap: an index within a quarter of it, and no limit on the size of the file. */
    public static ReadLimits defaults() {
        long heap = Runtime.getRuntime().maxMemory();
        return new ReadLimits(1000, (int) Math.min(128L << 20, heap / 16), heap / 4, Long.MAX_VALUE);
    }
}
