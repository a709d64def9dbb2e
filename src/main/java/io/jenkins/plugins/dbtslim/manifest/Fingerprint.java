package io.jenkins.plugins.dbtslim.manifest;

/**
 * A 128-bit stand-in for a value: equal fingerprints mean equal values to dbt. Good within one JVM only.
 *
 * @param high first half
 * @param low second half
 */
public record Fingerprint(long high, long low) {
    /** The fingerprint of JSON null, which is also that of an absent optional key. */
    public static final Fingerprint NULL = new Fingerprint(0, 0);

    /** Both in this order. */
    Fingerprint then(Fingerprint next) {
        return new Fingerprint(
                TextHash.fold(high + 0x9E3779B97F4A7C15L, TextHash.KEY_1) ^ next.high,
                TextHash.fold(low + 0xC2B2AE3D27D4EB4FL, TextHash.KEY_2) + next.low);
    }

    /** Both in any order. */
    Fingerprint plus(Fingerprint other) {
        return new Fingerprint(high + other.high, low + other.low);
    }

    /** Spreads the bits, so that sums of several fingerprints do not cancel each other. */
    Fingerprint spread() {
        return new Fingerprint(
                TextHash.fold(high ^ TextHash.KEY_2, TextHash.KEY_1),
                TextHash.fold(low ^ TextHash.KEY_1, TextHash.KEY_2));
    }

    /** Both halves are hashes already; the generated methods of a record are slower, and this is on the hot path. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Fingerprint that && high == that.high && low == that.low;
    }

    @Override
    public int hashCode() {
        return (int) (high ^ low);
    }
}
