package io.jenkins.plugins.dbtslim.cli;

import io.jenkins.plugins.dbtslim.dbt.Guard;
import io.jenkins.plugins.dbtslim.io.UserException;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the value of {@code --allow}. */
final class GuardConverter implements ITypeConverter<Guard> {
    @Override
    public Guard convert(String value) {
        try {
            return Guard.parse(List.of(value)).iterator().next();
        } catch (UserException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
