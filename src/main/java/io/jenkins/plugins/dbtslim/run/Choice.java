package io.jenkins.plugins.dbtslim.run;

import io.jenkins.plugins.dbtslim.io.UserException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Reads an option with fixed values. Each is an enum whose constants are spelled as scripts spell them, because that is the
 * name by which Jenkins binds an enum: {@code onBehind: 'fail'}. The command line may write {@code full-build} for
 * {@code fullBuild}.
 */
public final class Choice {
    private Choice() {}

    /**
     * The value of that name, in any case.
     *
     * @param option its name as its user wrote it, for the sentence
     * @throws UserException with a sentence that lists the values
     */
    public static <E extends Enum<E>> E of(Class<E> type, String option, String text) throws UserException {
        List<E> values = Arrays.asList(type.getEnumConstants());
        String name = text.strip().replace("-", "");
        return values.stream()
                .filter(value -> value.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new UserException(
                        option + " is " + list(values, option.startsWith("-")) + ", and not \"" + text + "\"."));
    }

    private static String list(List<? extends Enum<?>> values, boolean dashes) {
        List<String> names = values.stream()
                .map(Enum::name)
                .map(name -> dashes ? name.replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT) : name)
                .toList();
        int last = names.size() - 1;
        return String.join(", ", names.subList(0, last)) + " or " + names.get(last);
    }
}
