package io.jenkins.plugins.checks.api;

/** Signature of who publishes checks. */
public abstract class ChecksPublisher {
    public abstract void publish(ChecksDetails details);
}
