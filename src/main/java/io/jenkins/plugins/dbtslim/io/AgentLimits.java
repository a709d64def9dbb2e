package io.jenkins.plugins.dbtslim.io;

import java.time.Duration;

/**
 * What a controller takes from an agent at most, in bytes, elements, depth and time: a project's code runs there, and may
 * write whatever it likes into the files that we read. What is too big is refused with a sentence or cut, and never built in
 * memory first. (What a manifest may cost is for the agent's own memory: {@code ReadLimits}; what a transfer may take:
 * {@code TransferLimits}.)
 */
public final class AgentLimits {
    /** Bytes of one JSON text of ours, unpacked: a block of a report, an outcome, a line of the events. */
    public static final long JSON_BYTES = 64L << 20;

    /** Its parts: each costs memory, however short it is, as in {@code [{},{},…]}. */
    public static final long JSON_PARTS = 4_000_000;

    /** How deep its values are nested. */
    public static final int JSON_DEPTH = 20;

    /** Bytes of a report as it travels, packed, and is kept with its build. */
    public static final long REPORT_BYTES = 64L << 20;

    /** Ids of one list that travels with the outcome of a run. */
    public static final int IDS = 10_000;

    /** Characters of one id or sentence of them. */
    public static final int TEXT = 8_000;

    /** Bytes of a log's line that are held back to be masked together. */
    public static final int LOG_PIECE = 128 * 1024;

    /** Bytes of a run's events that one look at it reads; the next look goes on. */
    public static final int EVENTS = 4 << 20;

    /** Nodes of a project: of a report, of a run's events and progress, with former timings; and files that differ. */
    public static final int NODES = 100_000;

    /** Bytes that the look of the doctor may print; and the time that it has. */
    public static final int LOOK_BYTES = 16 << 20;

    public static final Duration LOOK_TIME = Duration.ofMinutes(5);

    private AgentLimits() {}

    /** A text that is stored and shown, cut where it is too long; null stays null. */
    public static String cut(String text) {
        return text == null || text.length() <= TEXT ? text : text.substring(0, TEXT - 1) + "…";
    }
}
