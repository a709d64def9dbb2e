package io.jenkins.plugins.dbtslim.selection;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;

/** What a selection asks for: one criterion, or a combination. */
sealed interface Spec permits Spec.Criterion, Spec.Group {
    /** How the parts of a group are combined. */
    enum Operation {
        UNION,
        INTERSECTION,
        /** The first without all others. */
        DIFFERENCE
    }

    /**
     * Several parts combined.
     *
     * @param mode indirect selection at the level of the group
     * @param word the word it was written as, when dbt warns if it matches nothing; else null
     */
    record Group(Operation operation, List<Spec> parts, IndirectSelection mode, String word) implements Spec {
        public Group {
            parts = List.copyOf(parts);
        }
    }

    /**
     * One criterion with its graph operators.
     *
     * @param text as written
     * @param method name before the first dot, such as {@code config}
     * @param arguments what follows in the method, such as {@code materialized}
     * @param given what follows the colon; a YAML selector may give a number, a truth value or null
     * @param ancestors depth of {@code +x}: -1 for all, 0 for none
     * @param descendants depth of {@code x+}: -1 for all, 0 for none
     * @param at whether {@code @} stands before it
     * @param mode its indirect selection
     */
    record Criterion(
            String text,
            String method,
            List<String> arguments,
            @CheckForNull Object given,
            int ancestors,
            int descendants,
            boolean at,
            IndirectSelection mode)
            implements Spec {
        static final int ALL = -1;

        public Criterion {
            arguments = List.copyOf(arguments);
        }

        /** What follows the colon, as text. */
        String value() {
            return String.valueOf(given);
        }
    }
}
