package org.jenkinsci.plugins.workflow.actions;

import hudson.model.Action;

/** Signature of an action stored with a flow node. */
public interface PersistentAction extends Action {}
