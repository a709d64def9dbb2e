package io.jenkins.plugins.dbtslim.cli;

import io.jenkins.plugins.dbtslim.dbt.Operation;
import io.jenkins.plugins.dbtslim.io.UserException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the value of {@code --operation}. */
final class OperationConverter implements ITypeConverter<Operation> {
    @Override
    public Operation convert(String value) {
        try {
            return Operation.parse(value);
        } catch (UserException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
