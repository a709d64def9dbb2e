package io.jenkins.plugins.dbtslim.cli;

import io.jenkins.plugins.dbtslim.dbt.Guard;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the value of {@code --allow}. */
final class GuardConverter implements ITypeConverter<Guard> {
    @Override
    public Guard convert(String value) {
        try {
            return Guard.parse(List.of(value)).iterator().next();
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
