package com.cloudbees.plugins.credentials.domains;

import hudson.ExtensionPoint;
import java.io.Serializable;

/** Signature of where credentials are needed for. */
public class DomainRequirement implements ExtensionPoint, Serializable {}
