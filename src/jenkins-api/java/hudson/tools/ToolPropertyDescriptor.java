package hudson.tools;

import hudson.model.Descriptor;

/** Signature of the descriptor of a property of a tool (its own base class is left out). */
public abstract class ToolPropertyDescriptor extends Descriptor<ToolProperty<?>> {}
