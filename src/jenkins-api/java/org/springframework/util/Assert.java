package org.springframework.util;

/** Signature of what Spring Security checks its arguments with, so that tests can make identities without spring-core. */
public abstract class Assert {
    public static void isTrue(boolean expression, String message) {
        if (!expression) {
            throw new IllegalArgumentException(message);
        }
    }

    public static void notNull(Object object, String message) {
        isTrue(object != null, message);
    }
}
