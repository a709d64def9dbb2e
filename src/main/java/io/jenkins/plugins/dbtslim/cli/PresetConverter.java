package io.jenkins.plugins.dbtslim.cli;

import io.jenkins.plugins.dbtslim.dbt.Preset;
import io.jenkins.plugins.dbtslim.io.UserException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the value of {@code --mode}. */
final class PresetConverter implements ITypeConverter<Preset> {
    @Override
    public Preset convert(String value) {
        try {
            return Preset.parse(value);
        } catch (UserException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
